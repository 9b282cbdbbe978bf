package org.regionaldoughnut.ingest.landing;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an office allows of downloads.
 *
 * @param allowedHosts names of hosts, {@code *.example.org} for all below one; empty for any
 * @param proxy host and port
 * @param timeout of connecting and of waiting for the next bytes
 * @param retries tries after the first
 * @param pause before the first retry; doubled before each further one
 * @param maxBytes size beyond which a file is refused
 */
public record DownloadRules(
        List<String> allowedHosts,
        Optional<String> proxy,
        Duration timeout,
        int retries,
        Duration pause,
        long maxBytes) {

    /** Any host, five tries within about half a minute, 20 GB. */
    public static DownloadRules standard() {
        return new DownloadRules(
                List.of(), Optional.empty(), Duration.ofSeconds(60), 4, Duration.ofSeconds(2), 20L << 30);
    }

    boolean allows(URI place) {
        String host = place.getHost();
        return host != null
                && (allowedHosts.isEmpty()
                        || allowedHosts.stream()
                                .anyMatch(allowed -> allowed.startsWith("*.")
                                        ? host.toLowerCase(java.util.Locale.ROOT)
                                                .endsWith(allowed.substring(1))
                                        : host.equalsIgnoreCase(allowed)));
    }
}
