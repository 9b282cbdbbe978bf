package org.regionaldoughnut.indicators.symbiosis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.regionaldoughnut.model.Exchange;

/**
 * Potential of industrial symbiosis, a convention of this project. For waste w of branch a and a documented exchange
 * w: a to b, one exchange could carry {@code min(generated, capacity)}. Where several exchanges draw on one amount, or
 * fill one capacity, the total counts each tonne once: it is the greatest flow from what is generated to what can be
 * taken along documented exchanges, so never above either. With one generator and one taker of a category it is the
 * sum over categories of {@code min(generated, capacity)}. Intensity is the potential over all waste generated.
 */
public final class Symbiosis {
    /** The method, as it is named beside figures. */
    public static final String METHOD =
            "greatest flow of waste along documented exchanges; each tonne counts once, distance and quality do not";

    private final Map<Link, List<Exchange>> documented = new LinkedHashMap<>();

    private record Link(String waste, String from, String to) {}

    public Symbiosis(Collection<Exchange> exchanges) {
        exchanges.forEach(e -> documented
                .computeIfAbsent(new Link(e.waste(), e.from(), e.to()), link -> new ArrayList<>())
                .add(e));
    }

    /** What each exchange could carry by itself within and between regions, the greatest mass first. */
    public List<Potential> ranked(Collection<Amount> generated, Collection<Amount> capacity) {
        List<Potential> found = new ArrayList<>();
        for (Amount source : merged(generated)) {
            for (Amount taker : merged(capacity)) {
                List<Exchange> cases = documented.get(new Link(source.waste(), source.branch(), taker.branch()));
                double tonnes = Math.min(source.tonnes(), taker.tonnes());
                if (cases != null && source.waste().equals(taker.waste()) && tonnes > 0) {
                    found.add(new Potential(
                            source.region(),
                            taker.region(),
                            source.waste(),
                            source.branch(),
                            taker.branch(),
                            source.tonnes(),
                            taker.tonnes(),
                            tonnes,
                            cases));
                }
            }
        }
        found.sort(Comparator.comparingDouble(Potential::tonnes)
                .reversed()
                .thenComparing(Potential::waste)
                .thenComparing(Potential::fromRegion)
                .thenComparing(Potential::toRegion)
                .thenComparing(Potential::from)
                .thenComparing(Potential::to));
        return found;
    }

    /** Tonnes that could be exchanged among all regions given, within and between them. */
    public double potential(Collection<Amount> generated, Collection<Amount> capacity) {
        return flow(generated, capacity, (from, to) -> true);
    }

    /** Tonnes that could be exchanged without leaving a region, over all regions given. */
    public double potentialWithin(Collection<Amount> generated, Collection<Amount> capacity) {
        return flow(generated, capacity, String::equals);
    }

    /** The potential in percent of all waste generated, exchangeable or not; NaN where nothing is generated. */
    public double intensityPercent(Collection<Amount> generated, Collection<Amount> capacity) {
        double all = generated.stream().mapToDouble(Amount::tonnes).sum();
        return all == 0 ? Double.NaN : potential(generated, capacity) / all * 100;
    }

    private double flow(
            Collection<Amount> generated, Collection<Amount> capacity, BiPredicate<String, String> regions) {
        Map<String, List<Amount>> takers = new TreeMap<>();
        merged(capacity).forEach(taker -> takers.computeIfAbsent(taker.waste(), w -> new ArrayList<>())
                .add(taker));
        Map<String, List<Amount>> sources = new TreeMap<>();
        merged(generated).forEach(source -> sources.computeIfAbsent(source.waste(), w -> new ArrayList<>())
                .add(source));
        double total = 0;
        for (Map.Entry<String, List<Amount>> entry : sources.entrySet()) {
            List<Amount> here = takers.getOrDefault(entry.getKey(), List.of());
            total += new GreatestFlow(
                            entry.getValue(),
                            here,
                            (source, taker) -> regions.test(source.region(), taker.region())
                                    && documented.containsKey(
                                            new Link(source.waste(), source.branch(), taker.branch())))
                    .tonnes();
        }
        return total;
    }

    /** Amounts of one region, category and branch as one, without those of nothing, in a fixed order. */
    private static List<Amount> merged(Collection<Amount> amounts) {
        record Place(String region, String waste, String branch) {}
        Map<Place, Double> sums = new LinkedHashMap<>();
        amounts.stream()
                .sorted(Comparator.comparing(Amount::region)
                        .thenComparing(Amount::waste)
                        .thenComparing(Amount::branch)
                        .thenComparing(Amount::tonnes))
                .forEach(a -> sums.merge(new Place(a.region(), a.waste(), a.branch()), a.tonnes(), Double::sum));
        Predicate<Map.Entry<Place, Double>> some = entry -> entry.getValue() > 0;
        return sums.entrySet().stream()
                .filter(some)
                .map(e -> new Amount(
                        e.getKey().region(), e.getKey().waste(), e.getKey().branch(), e.getValue()))
                .toList();
    }
}
