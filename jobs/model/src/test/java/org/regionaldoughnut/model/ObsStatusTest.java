package org.regionaldoughnut.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObsStatusTest {
    /** SDMX code list CL_OBS_STATUS, in the precedence of the methodology, section 6. */
    @Test
    void thePrecedenceIsThatOfTheCodeList() {
        assertThat(Arrays.stream(ObsStatus.values()).map(Enum::name)).containsExactly("BOMLHQJSDKWIFEPNUVGA".split(""));
    }

    @Test
    void whereSeveralMeetTheHighestIsTheStatusOfTheAggregate() {
        assertThat(ObsStatus.strongest(List.of(ObsStatus.A, ObsStatus.P, ObsStatus.E)))
                .isEqualTo(ObsStatus.E);
        assertThat(ObsStatus.strongest(List.of(ObsStatus.D, ObsStatus.B, ObsStatus.O)))
                .isEqualTo(ObsStatus.B);
        assertThat(ObsStatus.strongest(List.of())).isEqualTo(ObsStatus.A);
    }

    @Test
    void aCodeIsOneOfTheListInCapitals() {
        assertThat(ObsStatus.of("P")).hasValue(ObsStatus.P);
    }

    @ParameterizedTest
    @ValueSource(strings = {"p", "", "X", "AA"})
    void anotherCodeIsNoStatus(String code) {
        assertThat(ObsStatus.of(code)).isEmpty();
    }

    @Property
    void theOrderInWhichStatusesMeetDoesNotMatter(@ForAll ObsStatus a, @ForAll ObsStatus b, @ForAll ObsStatus c) {
        assertThat(a.and(b)).isEqualTo(b.and(a));
        assertThat(a.and(b).and(c)).isEqualTo(a.and(b.and(c)));
        assertThat(a.and(b)).isEqualTo(ObsStatus.strongest(List.of(a, b)));
        assertThat(a.and(ObsStatus.A)).isEqualTo(a);
    }
}
