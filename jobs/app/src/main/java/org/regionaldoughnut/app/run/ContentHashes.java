package org.regionaldoughnut.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.regionaldoughnut.model.Hash;

/** What files hold, each hashed once: a received file may lie among the configuration and feed several sources. */
public final class ContentHashes {
    private final Map<Path, String> known = new HashMap<>();

    /**
     * Whether a file is still the same, for files that only people change: a checksum takes a tenth of a hash's time.
     *
     * @throws UncheckedIOException where the file cannot be read
     */
    String checksum(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            CRC32C sum = new CRC32C();
            sum.update(bytes);
            return bytes.length + "-" + Long.toHexString(sum.getValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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
