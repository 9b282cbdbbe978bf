package org.regionaldoughnut.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A headless Chromium with one tab, spoken to by the DevTools protocol. Also for tests of other modules' pages. */
public final class Browser implements AutoCloseable {
    private static final Path CHROMIUM =
            Path.of(Optional.ofNullable(System.getenv("DOUGHNUT_TEST_CHROMIUM")).orElse("/usr/bin/chromium"));
    private static final Pattern ADDRESS = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final long PATIENCE = 60;

    private final ObjectMapper json = new ObjectMapper();
    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final String session;
    private volatile CountDownLatch loaded = new CountDownLatch(1);
    private int last;

    /** Skips the test without Chromium, unless {@code -Dservices=required}. */
    public static Browser start(Path profile) throws Exception {
        boolean there = Files.isExecutable(CHROMIUM);
        if (!there && "required".equals(System.getProperty("services"))) {
            throw new AssertionError("Chromium is required and not at " + CHROMIUM);
        }
        assumeTrue(there, "no Chromium at " + CHROMIUM + ": set DOUGHNUT_TEST_CHROMIUM");
        return new Browser(CHROMIUM, profile);
    }

    private Browser(Path chromium, Path profile) throws Exception {
        process = new ProcessBuilder(
                        chromium.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address()), new Listener())
                .get(PATIENCE, TimeUnit.SECONDS);
        JsonNode tab = send("Target.createTarget", "", json.createObjectNode().put("url", "about:blank"));
        ObjectNode attach = json.createObjectNode()
                .put("targetId", tab.path("targetId").asText())
                .put("flatten", true);
        session = send("Target.attachToTarget", "", attach).path("sessionId").asText();
        for (String domain : List.of("Page", "Runtime", "Log")) {
            command(domain + ".enable", json.createObjectNode());
        }
    }

    private String address() throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                Thread drain = new Thread(() -> drain(lines));
                drain.setDaemon(true);
                drain.start();
                return address.group(1);
            }
        }
        throw new IOException("the browser ended without an address");
    }

    private static void drain(BufferedReader lines) {
        try {
            while (lines.readLine() != null) {
                // what the browser says to its console is of no interest
            }
        } catch (IOException e) {
            return;
        }
    }

    /** Opens the page and returns what the browser complained of: errors and warnings of the console, exceptions. */
    public List<String> open(URI page, int width, int height, boolean dark) throws Exception {
        complaints.clear();
        loaded = new CountDownLatch(1);
        command(
                "Emulation.setDeviceMetricsOverride",
                json.createObjectNode()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
        ObjectNode media = json.createObjectNode();
        media.putArray("features")
                .addObject()
                .put("name", "prefers-color-scheme")
                .put("value", dark ? "dark" : "light");
        command("Emulation.setEmulatedMedia", media);
        command("Page.navigate", json.createObjectNode().put("url", page.toString()));
        if (!loaded.await(PATIENCE, TimeUnit.SECONDS)) {
            throw new IOException("the page did not load: " + page);
        }
        evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))");
        return new ArrayList<>(complaints);
    }

    /** What the browser has complained of since the page was opened. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Presses a key as a hand does: Tab, Enter, Escape or a letter. */
    public void press(String key) throws Exception {
        ObjectNode down = json.createObjectNode().put("type", "keyDown").put("key", key);
        switch (key) {
            case "Tab" -> down.put("code", "Tab").put("windowsVirtualKeyCode", 9);
            case "Enter" ->
                down.put("code", "Enter").put("windowsVirtualKeyCode", 13).put("text", "\r");
            case "Escape" -> down.put("code", "Escape").put("windowsVirtualKeyCode", 27);
            default -> down.put("text", key);
        }
        command("Input.dispatchKeyEvent", down);
        ObjectNode up = down.deepCopy().put("type", "keyUp");
        up.remove("text");
        command("Input.dispatchKeyEvent", up);
    }

    public JsonNode evaluate(String expression) throws Exception {
        JsonNode result = command(
                "Runtime.evaluate",
                json.createObjectNode()
                        .put("expression", expression)
                        .put("awaitPromise", true)
                        .put("returnByValue", true));
        if (result.has("exceptionDetails")) {
            throw new IOException("the page says " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    public void screenshot(Path to) throws Exception {
        JsonNode picture = command(
                "Page.captureScreenshot",
                json.createObjectNode().put("format", "png").put("captureBeyondViewport", true));
        Files.write(to, Base64.getDecoder().decode(picture.path("data").asText()));
    }

    private JsonNode command(String method, ObjectNode parameters) throws Exception {
        return send(method, session, parameters);
    }

    private JsonNode send(String method, String toSession, ObjectNode parameters) throws Exception {
        int id = ++last;
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        ObjectNode message = json.createObjectNode().put("id", id).put("method", method);
        if (!toSession.isEmpty()) {
            message.put("sessionId", toSession);
        }
        message.set("params", parameters);
        socket.sendText(message.toString(), true).get(PATIENCE, TimeUnit.SECONDS);
        JsonNode received = answer.get(PATIENCE, TimeUnit.SECONDS);
        if (received.has("error")) {
            throw new IOException(method + ": " + received.path("error"));
        }
        return received.path("result");
    }

    private void received(String text) throws IOException {
        JsonNode message = json.readTree(text);
        if (message.has("id")) {
            waiting.remove(message.path("id").asInt()).complete(message);
            return;
        }
        JsonNode parameters = message.path("params");
        switch (message.path("method").asText()) {
            case "Page.loadEventFired" -> loaded.countDown();
            case "Runtime.exceptionThrown" ->
                complaints.add(parameters.path("exceptionDetails").toString());
            case "Log.entryAdded" -> complaints.add(parameters.path("entry").toString());
            case "Runtime.consoleAPICalled" -> {
                if (!parameters.path("type").asText().equals("log")) {
                    complaints.add(parameters.toString());
                }
            }
            default -> {
                // other events are of no interest
            }
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean whole) {
            text.append(part);
            if (whole) {
                try {
                    received(text.toString());
                } catch (IOException e) {
                    complaints.add(e.toString());
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    @Override
    public void close() {
        socket.abort();
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        all.forEach(
                handle -> handle.onExit().orTimeout(PATIENCE, TimeUnit.SECONDS).join());
    }
}
