package org.regionaldoughnut.publish;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.regionaldoughnut.model.Hash;

/**
 * Identity of a table's sorted values, whatever files they lie in. The name of the run is left out: the same figures
 * computed by another run are the same content.
 */
final class ContentHash {
    private final MessageDigest digest = Hash.sha256();
    private final int run;

    ContentHash(List<String> columns) {
        this.run = columns.indexOf("run");
        row(columns);
    }

    void row(List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            if (i != run) {
                update(cells.get(i));
            }
        }
    }

    private void update(String cell) {
        if (cell == null) {
            digest.update((byte) '-');
            return;
        }
        byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    String hex() {
        return Hash.hex(digest);
    }
}
