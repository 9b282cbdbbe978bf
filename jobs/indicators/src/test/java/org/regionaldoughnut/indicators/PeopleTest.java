package org.regionaldoughnut.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PeopleTest {
    private static final Set<Integer> ALL = Set.of(2010, 2015, 2016, 2017, 2018, 2020);

    @Test
    void yearsWithoutPeopleOfTheirOwnAreTouchedWhereThoseOfAYearNearByChange() {
        assertThat(People.touched(Set.of(2017), Set.of(2016, 2017), ALL, 2)).containsExactly(2015, 2017, 2018);
    }

    @Test
    void aYearThatHasLostAllItsPeopleTouchesThoseThatTookThemFromIt() {
        assertThat(People.touched(Set.of(2017), Set.of(), ALL, 1)).containsExactly(2016, 2017, 2018);
    }
}
