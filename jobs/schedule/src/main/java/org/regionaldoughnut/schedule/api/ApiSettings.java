package org.regionaldoughnut.schedule.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the API listens and how.
 *
 * @param host loopback unless told otherwise
 * @param port 0 for any free one
 * @param tls absent: plain HTTP
 * @param tokenLife how long a log-in lasts
 * @param commandLineTokenLife how long one of the command line lasts
 * @param mostRequestBytes larger requests are refused
 */
public record ApiSettings(
        String host,
        int port,
        Optional<Tls> tls,
        Duration tokenLife,
        Duration commandLineTokenLife,
        long mostRequestBytes) {
    public static final int PORT = 8080;

    /** A key store in PKCS #12 with the server's key and certificate. */
    public record Tls(Path keyStore, String password) {
        @Override
        public String toString() {
            return "Tls[" + keyStore + "]";
        }
    }

    public static ApiSettings loopback(int port) {
        return new ApiSettings(
                "127.0.0.1", port, Optional.empty(), Duration.ofHours(24), Duration.ofDays(30), 1024L * 1024);
    }

    public ApiSettings with(Tls secured) {
        return new ApiSettings(host, port, Optional.of(secured), tokenLife, commandLineTokenLife, mostRequestBytes);
    }

    public ApiSettings on(String name) {
        return new ApiSettings(name, port, tls, tokenLife, commandLineTokenLife, mostRequestBytes);
    }

    /** Whether it is reached from this machine only. */
    public boolean isLoopback() {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }
}
