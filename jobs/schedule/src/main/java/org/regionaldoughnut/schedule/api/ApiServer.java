package org.regionaldoughnut.schedule.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.regionaldoughnut.schedule.store.RefusedException;
import org.regionaldoughnut.schedule.store.StoreException;

/** The HTTP server: guard, errors, headers, and the routes it is given. */
final class ApiServer implements AutoCloseable {
    private static final int MOST_THREADS = 32;
    private static final int LEAST_THREADS = 4;
    /** Scripts, styles and answers of the page's own origin alone; nobody may frame it. */
    private static final String CONTENT_POLICY =
            "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline';"
                    + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final Javalin javalin;

    ApiServer(ApiSettings settings, Guard guard, List<Consumer<RoutesConfig>> routes) {
        this.javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.http.maxRequestSize = settings.mostRequestBytes();
            config.http.defaultContentType = "application/json";
            config.jsonMapper(new Nodes());
            config.jetty.host = settings.host();
            config.jetty.port = settings.port();
            config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
            config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
            settings.tls().ifPresent(tls -> secure(config, settings, tls));
            config.routes.before(ApiServer::headers);
            config.routes.beforeMatched(guard::check);
            errors(config.routes);
            routes.forEach(own -> own.accept(config.routes));
        });
    }

    /** Starts to listen. Throws where the port is taken or the key store cannot be read. */
    ApiServer start() {
        javalin.start();
        return this;
    }

    int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void secure(JavalinConfig config, ApiSettings settings, ApiSettings.Tls tls) {
        config.jetty.addConnector((Server server, HttpConfiguration http) -> {
            SslContextFactory.Server context = new SslContextFactory.Server();
            context.setKeyStorePath(tls.keyStore().toUri().toString());
            context.setKeyStoreType("PKCS12");
            context.setKeyStorePassword(tls.password());
            HttpConfiguration secured = new HttpConfiguration(http);
            secured.addCustomizer(new SecureRequestCustomizer(false));
            ServerConnector connector = new ServerConnector(
                    server, new SslConnectionFactory(context, "http/1.1"), new HttpConnectionFactory(secured));
            connector.setHost(settings.host());
            connector.setPort(settings.port());
            return connector;
        });
    }

    private static void headers(Context request) {
        request.header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Content-Security-Policy", CONTENT_POLICY);
        if (request.path().startsWith("/api/")) {
            request.header("Cache-Control", "no-store");
        }
    }

    private static void errors(RoutesConfig routes) {
        routes.exception(Refusal.class, (refusal, request) -> detail(request, refusal.status(), refusal.detail()));
        routes.exception(
                RefusedException.class,
                (refused, request) -> detail(
                        request,
                        switch (refused.reason()) {
                            case NOT_FOUND -> 404;
                            case CONFLICT -> 409;
                            case INVALID -> 422;
                        },
                        refused.getMessage()));
        routes.exception(IllegalArgumentException.class, (e, request) -> detail(request, 400, e.getMessage()));
        routes.exception(StoreException.class, (e, request) -> {
            request.header("Retry-After", "5");
            detail(request, 503, e.getMessage());
        });
        routes.exception(HttpResponseException.class, (e, request) -> detail(request, e.getStatus(), e.getMessage()));
        routes.exception(Exception.class, (e, request) -> {
            // what went wrong is for the log of the scheduler, not for the caller
            System.getLogger(ApiServer.class.getName())
                    .log(System.Logger.Level.ERROR, request.method() + " " + request.path(), e);
            detail(request, 500, "Internal Server Error");
        });
        routes.error(404, request -> {
            if (request.result() == null || !request.result().contains("detail")) {
                detail(request, 404, "Not Found");
            }
        });
    }

    private static void detail(Context request, int status, String text) {
        request.status(status).json(View.of().text("detail", text).node());
    }

    private static void detail(Context request, int status, JsonNode what) {
        request.status(status).json(View.of().json("detail", what).node());
    }

    /** JSON nodes are all that is ever written; requests are read by {@link Body}. */
    private static final class Nodes implements JsonMapper {
        @Override
        public String toJsonString(Object object, Type type) {
            return object.toString();
        }

        @Override
        public <T> T fromJsonString(String json, Type targetType) {
            throw new UnsupportedOperationException("bodies are read field by field");
        }

        @Override
        public <T> T fromJsonStream(InputStream json, Type targetType) {
            throw new UnsupportedOperationException("bodies are read field by field");
        }
    }

    /** A file of the page, from the class path. */
    static byte[] resource(String name) throws IOException {
        try (InputStream in = ApiServer.class.getResourceAsStream("/org/regionaldoughnut/schedule/web/" + name)) {
            if (in == null) {
                throw Refusal.notFound("Not Found");
            }
            return in.readAllBytes();
        }
    }
}
