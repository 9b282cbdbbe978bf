package org.regionaldoughnut.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenDimensionTest {
    @Test
    void anOpenDimensionMeansEveryValueAndNoneOfItAndTheOthersOnlyTheirs() {
        var ofWomen = OpenDimension.matching("age=*;sex=F").asMatchPredicate();
        assertThat(ofWomen).accepts("age=Y15T24;sex=F", "sex=F").rejects("age=Y15T24;sex=M", "age=Y15T24", "_T");
        var ofAnAge = OpenDimension.matching("age=Y15;sex=*").asMatchPredicate();
        assertThat(ofAnAge).accepts("age=Y15", "age=Y15;sex=F").rejects("age=Y15T24;sex=F", "age=Y15;sexes=F");
    }

    @Test
    void aStarWithinAValueIsNoOpenDimension() {
        assertThat(OpenDimension.isPartlyOpen(OpenDimension.of("sex"))).isTrue();
        assertThat(OpenDimension.isPartlyOpen("age=*;sex=F")).isTrue();
        assertThat(OpenDimension.isPartlyOpen("age=*15;sex=F*")).isFalse();
    }
}
