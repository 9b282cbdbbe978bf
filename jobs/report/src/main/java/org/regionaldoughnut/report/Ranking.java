package org.regionaldoughnut.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.regionaldoughnut.model.Direction;

/**
 * Regions in the order of one indicator. A place is claimed only as far as the figures carry it: regions whose
 * intervals overlap are neither better nor worse than each other, so a place may be a span.
 *
 * @param peers best first where one way is better, else largest first
 */
record Ranking(List<Peer> peers, Direction direction) {
    Ranking {
        peers = List.copyOf(peers);
    }

    /** @param gap shortfall or overshoot in percent, where the indicator stands in the doughnut */
    record Peer(
            String region,
            String name,
            String period,
            double value,
            OptionalDouble lower,
            OptionalDouble upper,
            OptionalDouble gap) {
        boolean hasInterval() {
            return lower.isPresent() && upper.isPresent();
        }

        double low() {
            return hasInterval() ? Math.min(lower.getAsDouble(), value) : value;
        }

        double high() {
            return hasInterval() ? Math.max(upper.getAsDouble(), value) : value;
        }
    }

    /**
     * The places a region may have: one where first and last are equal.
     *
     * @param of how many regions have a figure
     */
    record Place(int first, int last, int of) {
        boolean isOne() {
            return first == last;
        }

        /** Whether nothing can be said. */
        boolean isAny() {
            return first == 1 && last == of;
        }
    }

    static Ranking of(List<Peer> peers, Direction direction) {
        Comparator<Peer> order = Comparator.comparingDouble(Peer::value);
        return new Ranking(
                peers.stream()
                        .sorted((direction == Direction.LOWER ? order : order.reversed())
                                .thenComparing(Peer::name)
                                .thenComparing(Peer::region))
                        .toList(),
                direction);
    }

    boolean hasIntervals() {
        return peers.stream().anyMatch(Peer::hasInterval);
    }

    Optional<Peer> of(String region) {
        return peers.stream().filter(peer -> peer.region().equals(region)).findFirst();
    }

    Optional<Place> place(String region) {
        return of(region).map(own -> {
            int before = 0;
            int after = 0;
            for (Peer peer : peers) {
                boolean above = peer.low() > own.high();
                boolean below = peer.high() < own.low();
                before += (direction == Direction.LOWER ? below : above) ? 1 : 0;
                after += (direction == Direction.LOWER ? above : below) ? 1 : 0;
            }
            return new Place(before + 1, peers.size() - after, peers.size());
        });
    }

    /** The middle value, linear between two (R type 7). */
    OptionalDouble median() {
        double[] sorted = peers.stream().mapToDouble(Peer::value).sorted().toArray();
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        int half = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
    }

    /** Positions worth showing where there are too many: both ends and the region with its neighbours. */
    List<Integer> shown(Optional<String> region, int most) {
        List<Integer> shown = new ArrayList<>();
        OptionalInt own = region.map(this::index).orElse(OptionalInt.empty());
        for (int i = 0; i < peers.size(); i++) {
            boolean end = i < (own.isPresent() ? 3 : most / 2) || i >= peers.size() - (own.isPresent() ? 3 : most / 2);
            boolean near = own.isPresent() && Math.abs(i - own.getAsInt()) <= 2;
            if (peers.size() <= most || end || near) {
                shown.add(i);
            }
        }
        return shown;
    }

    private OptionalInt index(String region) {
        for (int i = 0; i < peers.size(); i++) {
            if (peers.get(i).region().equals(region)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }
}
