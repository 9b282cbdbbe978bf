package org.regionaldoughnut.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.regionaldoughnut.model.Hash;

/** What files hold, each hashed once: a received file may lie among the configuration and feed several sources. */
public final class ContentHashes {
    private final Map<Path, String> known = new HashMap<>();

    /** @throws UncheckedIOException where the file cannot be read */
    String of(Path file) {
        return known.computeIfAbsent(file.toAbsolutePath().normalize(), path -> {
            try {
                return Hash.of(path);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
