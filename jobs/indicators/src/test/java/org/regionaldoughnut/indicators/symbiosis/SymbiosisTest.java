package org.regionaldoughnut.indicators.symbiosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.regionaldoughnut.model.Exchange;
import org.regionaldoughnut.office.OfficeReader;

/** Potential exchanges of waste, by example and by what must hold for any amounts. */
class SymbiosisTest {
    private static final String ASHES = "W124";
    private static final Path PROJECT = Path.of(System.getProperty("project.root", "../.."));

    private static Exchange exchange(String waste, String from, String to) {
        return new Exchange(waste, from, to, "one becomes the other", "somewhere", "a book");
    }

    /**
     * A worked example: the power station of region A has 100 t of ashes, its steelworks 80 t of slag; its cement works
     * can take 120 t of both, that of region B 50 t.
     */
    @Example
    void eachTonneCountsOnceWhereTwoBranchesFillOneCapacity() {
        Symbiosis symbiosis = new Symbiosis(List.of(exchange(ASHES, "D35", "C23"), exchange(ASHES, "C24", "C23")));
        List<Amount> generated = List.of(
                new Amount("A", ASHES, "D35", 100),
                new Amount("A", ASHES, "C24", 80),
                new Amount("A", "W072", "C17", 20));
        List<Amount> capacity = List.of(new Amount("A", ASHES, "C23", 120), new Amount("B", ASHES, "C23", 50));

        assertThat(symbiosis.potentialWithin(generated, capacity)).isEqualTo(120);
        assertThat(symbiosis.potential(generated, capacity)).isEqualTo(170);
        assertThat(symbiosis.intensityPercent(generated, capacity)).isEqualTo(85);
        assertThat(symbiosis.ranked(generated, capacity))
                .extracting(p -> p.fromRegion() + p.toRegion() + " " + p.from() + " " + p.tonnes())
                .containsExactly("AA D35 100.0", "AA C24 80.0", "AB C24 50.0", "AB D35 50.0");
    }

    @Example
    void aFullTakerGivesWayWhereItsSourceHasAnother() {
        Symbiosis symbiosis = new Symbiosis(
                List.of(exchange(ASHES, "D35", "C23"), exchange(ASHES, "D35", "C20"), exchange(ASHES, "C24", "C23")));
        List<Amount> generated = List.of(new Amount("A", ASHES, "C24", 10), new Amount("A", ASHES, "D35", 10));
        List<Amount> capacity = List.of(new Amount("A", ASHES, "C23", 10), new Amount("A", ASHES, "C20", 10));
        assertThat(symbiosis.potential(generated, capacity)).isEqualTo(20);
    }

    @Example
    void wasteWithoutADocumentedExchangeHasNoPotential() {
        Symbiosis symbiosis = new Symbiosis(List.of(exchange(ASHES, "D35", "C23")));
        List<Amount> generated = List.of(new Amount("A", ASHES, "C10", 5));
        assertThat(symbiosis.potential(generated, List.of(new Amount("A", ASHES, "C23", 9))))
                .isZero();
        assertThat(symbiosis.intensityPercent(List.of(), List.of())).isNaN();
    }

    @Example
    void everyExchangeOfTheTableNamesItsPlaceAndPublication() {
        List<Exchange> exchanges = new OfficeReader(PROJECT, Map.of(), Path.of(""))
                .read("sample", List.of())
                .catalogue()
                .indicator("industrial-symbiosis-potential")
                .method()
                .exchanges();
        assertThat(exchanges).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        assertThat(exchanges).allSatisfy(e -> {
            assertThat(e.waste()).matches("W[0-9]{2}[0-9A-Z]{0,2}");
            assertThat(e.from()).matches("[A-U][0-9]{2}");
            assertThat(e.to()).matches("[A-U][0-9]{2}");
            assertThat(e.source()).contains("doi 10.");
        });
        assertThatThrownBy(() -> exchange(ASHES, "C23", "C23")).hasMessageContaining("to itself");
    }

    @Property(tries = 200)
    void theTotalIsNeverAboveWhatIsGeneratedOrCanBeTaken(
            @ForAll("amounts") List<Amount> generated,
            @ForAll("amounts") List<Amount> capacity,
            @ForAll("exchanges") List<Exchange> exchanges) {
        Symbiosis symbiosis = new Symbiosis(exchanges);
        Map<String, Double> made = sums(generated);
        Map<String, Double> taken = sums(capacity);
        double bound = made.entrySet().stream()
                .mapToDouble(e -> Math.min(e.getValue(), taken.getOrDefault(e.getKey(), 0.0)))
                .sum();
        double total = symbiosis.potential(generated, capacity);
        assertThat(total).isLessThanOrEqualTo(bound + 1e-9);
        assertThat(symbiosis.potentialWithin(generated, capacity)).isLessThanOrEqualTo(total + 1e-9);
        assertThat(symbiosis.ranked(generated, capacity)).allSatisfy(p -> {
            assertThat(p.tonnes()).isLessThanOrEqualTo(p.generated()).isLessThanOrEqualTo(p.capacity());
            assertThat(total).isGreaterThanOrEqualTo(p.tonnes() - 1e-9);
        });
        double all = made.values().stream().mapToDouble(v -> v).sum();
        if (all > 0) {
            assertThat(symbiosis.intensityPercent(generated, capacity)).isBetween(0.0, 100.0 + 1e-9);
        }
    }

    @Property(tries = 200)
    void givingAndTakingChangePlacesWithoutChangingTheTotal(
            @ForAll("amounts") List<Amount> generated,
            @ForAll("amounts") List<Amount> capacity,
            @ForAll("exchanges") List<Exchange> exchanges) {
        List<Exchange> turned = exchanges.stream()
                .map(e -> exchange(e.waste(), e.to(), e.from()))
                .toList();
        assertThat(new Symbiosis(turned).potential(capacity, generated))
                .isCloseTo(new Symbiosis(exchanges).potential(generated, capacity), within(1e-9));
    }

    @Property(tries = 100)
    void theOrderOfAmountsDoesNotMatter(
            @ForAll("amounts") List<Amount> generated,
            @ForAll("amounts") List<Amount> capacity,
            @ForAll("exchanges") List<Exchange> exchanges) {
        List<Amount> backwards = new ArrayList<>(generated);
        java.util.Collections.reverse(backwards);
        Symbiosis symbiosis = new Symbiosis(exchanges);
        assertThat(symbiosis.potential(backwards, capacity)).isEqualTo(symbiosis.potential(generated, capacity));
    }

    private static Map<String, Double> sums(List<Amount> amounts) {
        return amounts.stream().collect(Collectors.groupingBy(Amount::waste, Collectors.summingDouble(Amount::tonnes)));
    }

    @Provide
    Arbitrary<List<Amount>> amounts() {
        return Combinators.combine(
                        Arbitraries.of("A", "B"),
                        Arbitraries.of("W1", "W2"),
                        Arbitraries.of("P", "Q", "R"),
                        Arbitraries.integers().between(0, 50).map(Integer::doubleValue))
                .as(Amount::new)
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Exchange>> exchanges() {
        return Combinators.combine(
                        Arbitraries.of("W1", "W2"), Arbitraries.of("P", "Q", "R"), Arbitraries.of("P", "Q", "R"))
                .as((waste, from, to) -> from.equals(to) ? List.<Exchange>of() : List.of(exchange(waste, from, to)))
                .list()
                .ofMaxSize(6)
                .map(lists -> lists.stream().flatMap(List::stream).toList());
    }
}
