package org.regionaldoughnut.schedule.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
    private static final byte[] KEY = new byte[Tokens.KEY_BYTES];

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    @Test
    void aPasswordFitsItsHashAndNoOtherAndTwoHashesOfItDiffer() {
        String hash = Passwords.hash("correct horse battery");
        assertThat(Passwords.fits("correct horse battery", hash)).isTrue();
        assertThat(Passwords.fits("correct horse batterY", hash)).isFalse();
        assertThat(Passwords.fits("correct horse battery", "plain text")).isFalse();
        assertThat(Passwords.hash("correct horse battery")).isNotEqualTo(hash);
        assertThat(hash).doesNotContain("horse");
    }

    @Test
    void aPasswordThatIsTooShortIsRefused() {
        assertThatThrownBy(() -> Passwords.hash("short")).hasMessageContaining("at least 10 characters");
    }

    @Test
    void aTokenNamesItsBearerUntilItExpires() {
        String token = new Tokens(KEY, at(NOW)).issue("anna", Duration.ofHours(1));
        assertThat(new Tokens(KEY, at(NOW.plusSeconds(3599))).bearer(token)).hasValue("anna");
        assertThat(new Tokens(KEY, at(NOW.plusSeconds(3600))).bearer(token)).isEmpty();
    }

    @Test
    void aTokenThatWasChangedOrSignedWithAnotherKeyOrNotAtAllIsNobodys() {
        Tokens tokens = new Tokens(KEY, at(NOW));
        String token = tokens.issue("anna", Duration.ofHours(1));
        byte[] other = new byte[Tokens.KEY_BYTES];
        other[0] = 1;
        assertThat(new Tokens(other, at(NOW)).bearer(token)).isEmpty();
        assertThat(tokens.bearer(token.substring(0, token.length() - 2) + "AA")).isEmpty();
        String unsigned = "eyJhbGciOiJub25lIn0." + token.split("\\.")[1] + ".";
        assertThat(tokens.bearer(unsigned)).isEmpty();
        assertThat(tokens.bearer("nonsense")).isEmpty();
    }

    @Test
    void failuresAreForgottenAfterAWhile() {
        class Hands extends Clock {
            private Instant now = NOW;

            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public java.time.ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        }
        Hands clock = new Hands();
        LoginThrottle throttle = new LoginThrottle(2, clock);
        throttle.failed("anna");
        assertThat(throttle.waiting("anna")).isZero();
        throttle.failed("anna");
        assertThat(throttle.waiting("anna")).isEqualTo(LoginThrottle.WHILE);
        assertThat(throttle.waiting("bert")).isZero();
        clock.now = NOW.plus(LoginThrottle.WHILE);
        assertThat(throttle.waiting("anna")).isZero();
    }
}
