package org.regionaldoughnut.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HashTest {
    /** FIPS 180-4, the example message "abc". */
    @Test
    void theDigestOfThePublishedExampleIsThePublishedOne() {
        MessageDigest digest = Hash.sha256();
        digest.update("abc".getBytes(StandardCharsets.UTF_8));

        assertThat(Hash.hex(digest)).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void aFileHasTheHashOfItsBytesHoweverManyItHas(@TempDir Path folder) throws IOException {
        byte[] bytes = new byte[200_001];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % 251);
        }
        MessageDigest whole = Hash.sha256();
        whole.update(bytes);
        assertThat(Hash.of(Files.write(folder.resolve("large"), bytes))).isEqualTo(Hash.hex(whole));
    }

    @Test
    void whereOneTextEndsAndTheNextBeginsIsPartOfTheHash() {
        assertThat(Hash.of(List.of("ab", "c"))).isNotEqualTo(Hash.of(List.of("a", "bc")));
        assertThat(Hash.of(List.of("a", ""))).isNotEqualTo(Hash.of(List.of("a")));
        assertThat(Hash.of(List.of("1:a"))).isNotEqualTo(Hash.of(List.of("a")));
        assertThat(Hash.of(List.of("a", "b"))).isNotEqualTo(Hash.of(List.of("b", "a")));
    }

    @Property
    void equalTextsHaveEqualHashesOfSixtyFourHexDigits(@ForAll List<String> texts) {
        assertThat(Hash.of(texts)).matches("[0-9a-f]{64}").isEqualTo(Hash.of(List.copyOf(texts)));
    }
}
