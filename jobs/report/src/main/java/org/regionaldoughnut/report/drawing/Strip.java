package org.regionaldoughnut.report.drawing;

import static org.regionaldoughnut.report.drawing.Segment.number;

import java.util.DoubleSummaryStatistics;
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
        Span span = span();
        Markup svg = new Markup();
        svg.open("svg", "class", "strip " + kind, "viewBox", "0 0 200 24", "role", "img", "aria-label", title);
        svg.empty("path", "class", "axis", "d", "M" + number(LEFT) + " " + number(MIDDLE) + "H" + number(RIGHT));
        svg.empty("path", "class", "peer", "d", dots(span));
        parent.ifPresent(value -> {
            double x = span.x(value);
            String diamond = "M" + number(x) + " " + number(MIDDLE - 8) + "l5 8l-5 8l-5 -8Z";
            svg.empty("path", "class", "parent", "d", diamond);
        });
        own.ifPresent(value ->
                svg.empty("circle", "class", "own", "cx", number(span.x(value)), "cy", number(MIDDLE), "r", "6.5"));
        return svg.close().toString();
    }

    /** One path of round dots, one for each place a reader can tell from the next. */
    private String dots(Span span) {
        StringBuilder dots = new StringBuilder();
        peers.stream()
                .mapToLong(peer -> Math.round(span.x(peer)))
                .distinct()
                .sorted()
                .forEach(x -> dots.append('M')
                        .append(x)
                        .append(' ')
                        .append((long) MIDDLE)
                        .append("h0"));
        return dots.toString();
    }

    private record Span(double least, double most) {
        double x(double value) {
            return most <= least ? (LEFT + RIGHT) / 2 : LEFT + (value - least) / (most - least) * (RIGHT - LEFT);
        }
    }

    private Span span() {
        DoubleSummaryStatistics all = new DoubleSummaryStatistics();
        peers.forEach(all::accept);
        own.ifPresent(all::accept);
        parent.ifPresent(all::accept);
        return new Span(all.getMin(), all.getMax());
    }
}
