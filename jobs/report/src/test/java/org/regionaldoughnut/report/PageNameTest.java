package org.regionaldoughnut.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageNameTest {
    @Test
    void aCodeIsItsOwnName() {
        assertThat(PageName.of("UKC")).isEqualTo("UKC.html");
        assertThat(PageName.of("E12000001")).isEqualTo("E12000001.html");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../../etc/passwd", "a/b", "a\\b", "index", "INDEX", "nul", "", "..", "-x", "é", "a b", "<i>"})
    void anUnsafeCodeGetsASafeNameInTheSameFolder(String code) {
        String name = PageName.of(code);
        assertThat(name).matches("region-[a-z0-9-]*[0-9a-f]{12}\\.html");
        assertThat(Path.of("html").resolve(name).normalize().getParent()).isEqualTo(Path.of("html"));
    }

    @Test
    void codesThatDifferOnlyInUnsafeLettersHaveDifferentPages() {
        assertThat(PageName.of("a/b")).isNotEqualTo(PageName.of("a\\b"));
        assertThat(PageName.of("x".repeat(3000))).hasSizeLessThan(80);
    }
}
