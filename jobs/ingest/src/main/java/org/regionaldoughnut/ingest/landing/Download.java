package org.regionaldoughnut.ingest.landing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.Hash;

/**
 * Fetches one file over HTTP(S) into a folder. What the server says is unchanged is not fetched again; what broke off is
 * resumed; what may pass by itself is tried again after a pause. The file appears under its name only when it is whole,
 * of the declared length and of the declared checksum.
 */
public final class Download {
    private static final int BUFFER = 1 << 16;
    private static final int MOST_REDIRECTS = 8;

    private final DownloadRules rules;
    private final HttpClient client;
    private final Pause pause;

    /** How time is let pass between tries. */
    public interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    public Download(DownloadRules rules) {
        this(rules, time -> Thread.sleep(time.toMillis()));
    }

    Download(DownloadRules rules, Pause pause) {
        this.rules = rules;
        this.pause = pause;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(rules.timeout())
                // redirects are followed here, so that each place is checked against the allowed hosts
                .followRedirects(HttpClient.Redirect.NEVER);
        rules.proxy().ifPresent(proxy -> {
            int colon = proxy.lastIndexOf(':');
            builder.proxy(ProxySelector.of(
                    new InetSocketAddress(proxy.substring(0, colon), Integer.parseInt(proxy.substring(colon + 1)))));
        });
        this.client = builder.build();
    }

    /**
     * What is fetched.
     *
     * @param place with secrets in it, never shown
     * @param shown the place as it may be shown
     * @param headers further header fields, with secrets
     * @param sha256 lower-case hex of the expected content
     */
    public record Order(
            String source, URI place, String shown, Map<String, String> headers, Optional<String> sha256, Path file) {}

    /**
     * Fetches the file, or leaves the one that is there where the server says it is the same.
     *
     * @return whether there is new content
     * @throws DoughnutException exit code 5 where the file cannot be had now, 4 where it is not the one expected
     */
    public boolean fetch(Order order) {
        for (int attempt = 0; ; attempt++) {
            try {
                return fetchOnce(order);
            } catch (Passing e) {
                if (attempt == rules.retries()) {
                    throw Unfetched.unavailable(order, e.getMessage() + ", also after " + attempt + " retries");
                }
                Duration own = wait(attempt);
                rest(order, e.wait.filter(asked -> asked.compareTo(own) > 0).orElse(own));
            } catch (IOException e) {
                if (attempt == rules.retries()) {
                    throw Unfetched.unavailable(
                            order, Unfetched.said(e) + (attempt == 0 ? "" : ", also after " + attempt + " retries"));
                }
                rest(order, wait(attempt));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Unfetched.unavailable(order, "the download was interrupted");
            }
        }
    }

    private Duration wait(int attempt) {
        return rules.pause().multipliedBy(1L << Math.min(attempt, 10));
    }

    private void rest(Order order, Duration time) {
        try {
            pause.of(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Unfetched.unavailable(order, "the download was interrupted");
        }
    }

    private boolean fetchOnce(Order order) throws IOException, InterruptedException, Passing {
        Files.createDirectories(order.file().toAbsolutePath().getParent());
        Path part = sibling(order.file(), ".part");
        Seen seen = Seen.of(sibling(order.file(), ".seen"));
        Seen begun = Seen.of(sibling(order.file(), ".begun"));
        long had = Files.exists(part) && begun.canBeResumed() ? Files.size(part) : 0;
        HttpResponse<InputStream> response =
                answer(order, Files.exists(order.file()) ? seen : Seen.NOTHING, begun, had);
        try (InputStream body = response.body()) {
            int code = response.statusCode();
            if (code == 304) {
                return false;
            }
            if (code == 416 && had > 0) {
                Files.deleteIfExists(part);
                throw new Passing("the server cannot resume", Optional.empty());
            }
            if (code != 200 && code != 206) {
                throw refusal(order, response);
            }
            boolean resumed = code == 206 && had > 0;
            if (!resumed) {
                Files.deleteIfExists(part);
                Seen.of(response).keep(sibling(order.file(), ".begun"));
            }
            long whole = receive(order, response, body, part, resumed ? had : 0);
            requireLength(response, resumed ? had : 0, whole);
        }
        requireChecksum(order, part);
        Seen.of(response).keep(sibling(order.file(), ".seen"));
        Files.move(part, order.file(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(sibling(order.file(), ".begun"));
        return true;
    }

    private HttpResponse<InputStream> answer(Order order, Seen seen, Seen begun, long had)
            throws IOException, InterruptedException {
        URI place = order.place();
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            if (!rules.allows(place)) {
                throw Unfetched.forbidden(order, String.valueOf(place.getHost()), rules.allowedHosts());
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(place).timeout(rules.timeout());
            if (had > 0) {
                request.header("Range", "bytes=" + had + "-").header("If-Range", begun.validator());
            } else {
                seen.conditions().forEach(request::header);
            }
            if (sameHost(place, order.place())) {
                // another host is not told the secrets of this one
                order.headers().forEach(request::header);
            }
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            Optional<String> elsewhere = response.headers().firstValue("Location");
            if (response.statusCode() / 100 != 3 || response.statusCode() == 304 || elsewhere.isEmpty()) {
                return response;
            }
            response.body().close();
            URI next = place.resolve(elsewhere.get());
            if ("https".equals(place.getScheme()) && !"https".equals(next.getScheme())) {
                throw Unfetched.forbidden(order, "unencrypted " + next.getHost(), rules.allowedHosts());
            }
            place = next;
        }
        throw Unfetched.unavailable(order, "the server redirects more than " + MOST_REDIRECTS + " times");
    }

    private static boolean sameHost(URI one, URI other) {
        return String.valueOf(one.getAuthority()).equalsIgnoreCase(String.valueOf(other.getAuthority()))
                && String.valueOf(one.getScheme()).equals(other.getScheme());
    }

    private long receive(Order order, HttpResponse<InputStream> response, InputStream body, Path part, long had)
            throws IOException {
        long declared = response.headers().firstValueAsLong("Content-Length").orElse(0);
        if (had + declared > rules.maxBytes()) {
            throw Unfetched.tooLarge(order, had + declared, rules.maxBytes());
        }
        long whole = had;
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (int read = read(body, buffer); read >= 0; read = read(body, buffer)) {
                whole += read;
                if (whole > rules.maxBytes()) {
                    break;
                }
                out.write(buffer, 0, read);
            }
        }
        if (whole > rules.maxBytes()) {
            Files.deleteIfExists(part);
            throw Unfetched.tooLarge(order, whole, rules.maxBytes());
        }
        return whole;
    }

    /** The client's own limit ends with the head of an answer; a body that stands still is given up here. */
    private int read(InputStream body, byte[] buffer) throws IOException {
        return Patience.read(body, buffer, rules.timeout());
    }

    private static void requireLength(HttpResponse<?> response, long had, long whole) throws IOException {
        long declared = response.headers().firstValueAsLong("Content-Length").orElse(-1);
        if (declared >= 0 && whole != had + declared) {
            throw new IOException("the content ends after " + whole + " of " + (had + declared) + " bytes");
        }
    }

    private static void requireChecksum(Order order, Path part) throws IOException {
        if (order.sha256().isEmpty()) {
            return;
        }
        String found = Hash.of(part);
        if (!found.equals(order.sha256().get().toLowerCase(Locale.ROOT))) {
            Files.deleteIfExists(part);
            throw Unfetched.otherContent(order, found);
        }
    }

    private static DoughnutException refusal(Order order, HttpResponse<?> response) throws Passing {
        int code = response.statusCode();
        if (code == 408 || code == 425 || code == 429 || code >= 500) {
            Optional<Duration> wait = response.headers()
                    .firstValue("Retry-After")
                    .filter(v -> v.matches("\\d{1,5}"))
                    .map(v -> Duration.ofSeconds(Math.min(Long.parseLong(v), 300)));
            throw new Passing("the server answers " + code, wait);
        }
        return Unfetched.refused(order, code);
    }

    static Path sibling(Path file, String suffix) {
        return file.resolveSibling("." + file.getFileName() + suffix);
    }

    /** What may be gone at the next try. */
    private static final class Passing extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Optional<Duration> wait;

        Passing(String message, Optional<Duration> wait) {
            super(message);
            this.wait = wait;
        }
    }
}
