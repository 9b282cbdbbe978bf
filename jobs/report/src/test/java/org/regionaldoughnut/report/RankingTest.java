package org.regionaldoughnut.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.regionaldoughnut.model.Direction;
import org.regionaldoughnut.report.Ranking.Peer;
import org.regionaldoughnut.report.Ranking.Place;

class RankingTest {
    @Test
    void aPlaceIsClaimedOnlyWhereIntervalsDoNotOverlap() {
        Ranking ranking = Ranking.of(
                List.of(peer("A", 10, 9, 11), peer("B", 12, 10.5, 13), peer("C", 20, 18, 22)), Direction.LOWER);
        assertThat(ranking.place("A")).contains(new Place(1, 2, 3));
        assertThat(ranking.place("B")).contains(new Place(1, 2, 3));
        assertThat(ranking.place("C")).contains(new Place(3, 3, 3));
    }

    @Test
    void equalFiguresShareTheirPlaces() {
        Ranking ranking = Ranking.of(List.of(peer("A", 5), peer("B", 5), peer("C", 4)), Direction.HIGHER);
        assertThat(ranking.place("A")).contains(new Place(1, 2, 3));
        assertThat(ranking.place("C")).contains(new Place(3, 3, 3));
        assertThat(ranking.peers()).extracting(Peer::region).containsExactly("A", "B", "C");
    }

    @Test
    void ofManyRegionsBothEndsAndTheNeighboursAreShown() {
        List<Peer> many = java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> peer(String.format("R%02d", i), i))
                .toList();
        Ranking ranking = Ranking.of(many, Direction.LOWER);
        assertThat(ranking.shown(Optional.of("R50"), 14)).containsExactly(0, 1, 2, 48, 49, 50, 51, 52, 97, 98, 99);
        assertThat(ranking.shown(Optional.empty(), 14)).hasSize(14);
        assertThat(ranking.median()).hasValue(49.5);
    }

    private static Peer peer(String region, double value) {
        return new Peer(
                region, region, "2019", value, OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }

    private static Peer peer(String region, double value, double lower, double upper) {
        return new Peer(
                region,
                region,
                "2019",
                value,
                OptionalDouble.of(lower),
                OptionalDouble.of(upper),
                OptionalDouble.empty());
    }
}
