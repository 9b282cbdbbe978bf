package org.regionaldoughnut.schedule.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordHashTest {
    @Test
    void onlyThePasswordFitsAndNoTwoHashesAreAlike() {
        var hash = PasswordHash.of("correct horse");

        assertThat(PasswordHash.fits("correct horse", hash)).isTrue();
        assertThat(PasswordHash.fits("correct hors", hash)).isFalse();
        assertThat(PasswordHash.fits("correct horse", "nonsense")).isFalse();
        assertThat(PasswordHash.of("correct horse")).isNotEqualTo(hash);
        assertThat(hash).doesNotContain("horse");
    }
}
