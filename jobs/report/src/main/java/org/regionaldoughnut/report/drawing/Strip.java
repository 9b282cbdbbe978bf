package org.regionaldoughnut.report.drawing;

import static org.regionaldoughnut.report.drawing.Segment.number;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Where one region stands among its peers on one indicator: a thin line with a dot for each peer, a large one for the
 * region, a diamond for the region that holds it.
 *
 * @param title text alternative
 */
public record Strip(String title, List<Double> peers, OptionalDouble own, OptionalDouble parent) {
    private static final double LEFT = 8;
    private static final double RIGHT = 192;
    private static final double MIDDLE = 12;

    public Strip {
        peers = List.copyOf(peers);
    }

    /** @param kind class of the region's dot: {@code short}, {@code over} or {@code plain} */
    public String draw(String kind) {
        Markup svg = new Markup();
        svg.open("svg", "class", "strip " + kind, "viewBox", "0 0 200 24", "role", "img", "aria-label", title);
        svg.empty("path", "class", "axis", "d", "M" + number(LEFT) + " " + number(MIDDLE) + "H" + number(RIGHT));
        for (double peer : peers) {
            svg.empty("circle", "class", "peer", "cx", number(x(peer)), "cy", number(MIDDLE), "r", "3.5");
        }
        parent.ifPresent(value -> {
            double x = x(value);
            String diamond = "M" + number(x) + " " + number(MIDDLE - 8) + "l5 8l-5 8l-5 -8Z";
            svg.empty("path", "class", "parent", "d", diamond);
        });
        own.ifPresent(
                value -> svg.empty("circle", "class", "own", "cx", number(x(value)), "cy", number(MIDDLE), "r", "6.5"));
        return svg.close().toString();
    }

    private double x(double value) {
        double least = Math.min(bound(true), Math.min(own.orElse(bound(true)), parent.orElse(bound(true))));
        double most = Math.max(bound(false), Math.max(own.orElse(bound(false)), parent.orElse(bound(false))));
        return most <= least ? (LEFT + RIGHT) / 2 : LEFT + (value - least) / (most - least) * (RIGHT - LEFT);
    }

    private double bound(boolean least) {
        var values = peers.stream().mapToDouble(Double::doubleValue);
        return least
                ? values.min().orElse(own.orElse(parent.orElse(0)))
                : values.max().orElse(own.orElse(parent.orElse(0)));
    }
}
