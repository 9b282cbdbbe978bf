package org.regionaldoughnut.schedule.api;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;

/** The files of the page for people on call. */
final class PageRoutes {
    private static final Map<String, String> FILES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "style.css", "text/css; charset=utf-8",
            "icon.svg", "image/svg+xml",
            "main.js", "text/javascript; charset=utf-8",
            "api.js", "text/javascript; charset=utf-8",
            "dom.js", "text/javascript; charset=utf-8",
            "pipelines.js", "text/javascript; charset=utf-8",
            "runs.js", "text/javascript; charset=utf-8",
            "lists.js", "text/javascript; charset=utf-8");

    private PageRoutes() {}

    static void add(RoutesConfig routes) {
        routes.get("/", request -> send(request, "index.html"), Need.NOTHING);
        FILES.keySet().forEach(name -> routes.get("/" + name, request -> send(request, name), Need.NOTHING));
    }

    private static void send(Context request, String name) throws IOException {
        request.contentType(FILES.get(name)).header("Cache-Control", "no-cache").result(ApiServer.resource(name));
    }
}
