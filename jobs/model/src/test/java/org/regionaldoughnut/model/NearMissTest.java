package org.regionaldoughnut.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearMissTest {
    private static final List<String> KNOWN = List.of("publisher", "published", "period", "region", "title", "url");

    @ParameterizedTest
    @CsvSource({
        "publsher, publisher",
        "Publisher, publisher",
        "publishd, published",
        "perod, period",
        "regoin, region",
        "titel, title",
        "uri, url"
    })
    void aMistypedNameFindsTheOneThatWasMeant(String typed, String meant) {
        assertThat(NearMiss.of(typed, KNOWN)).hasValue(meant);
    }

    @Test
    void aNameUnlikeAllOthersFindsNone() {
        assertThat(NearMiss.of("breakdown", KNOWN)).isEmpty();
        assertThat(NearMiss.of("region", List.of())).isEmpty();
    }

    @Test
    void ofEquallyNearNamesTheFirstInTheAlphabetIsTaken() {
        assertThat(NearMiss.of("cat", List.of("rat", "bat"))).hasValue("bat");
    }

    @Test
    void theHintEndsAMessageAndIsEmptyWhereThereIsNone() {
        assertThat(NearMiss.hint("regoin", KNOWN)).isEqualTo(" Did you mean 'region'?");
        assertThat(NearMiss.hint("breakdown", KNOWN)).isEmpty();
    }
}
