package org.regionaldoughnut.report.drawing;

import static org.regionaldoughnut.report.drawing.Segment.number;
import static org.regionaldoughnut.report.drawing.Segment.x;
import static org.regionaldoughnut.report.drawing.Segment.y;

import java.util.List;
import java.util.function.DoubleFunction;
import org.regionaldoughnut.report.drawing.Doughnut.Dimension;
import org.regionaldoughnut.report.drawing.Doughnut.Kind;
import org.regionaldoughnut.report.drawing.Doughnut.Ring;
import org.regionaldoughnut.report.drawing.Doughnut.Wedge;

/**
 * Draws doughnuts as SVG elements. Colours and patterns are those of the page: classes {@code band safe counted proxy
 * missing met tick ...} and the patterns of {@link #patterns}. Wedges grow from the floor inward and from the ceiling
 * outward on linear scales to 100 % and 200 %; what is longer is cut, with a jagged mark and its number.
 */
public final class DoughnutDrawing {
    private static final double[] SHORTFALL_TICKS = {25, 50, 75, 100};
    private static final double[] OVERSHOOT_TICKS = {100, 200};
    private static final double NAME_SIZE = 18;
    private static final double SMALLEST_COMMON_NAME = 14;
    private static final double SMALLEST_NAME = 10;
    private static final double MARK_SIZE = 15;

    private final DoubleFunction<String> percent;
    private final String safeSpace;

    /**
     * @param percent writes the percentages of the scales
     * @param safeSpace name of the space between the rings
     */
    public DoughnutDrawing(DoubleFunction<String> percent, String safeSpace) {
        this.percent = percent;
        this.safeSpace = safeSpace;
    }

    /** The patterns all doughnuts of a page refer to; to be put on the page once. */
    public static String patterns() {
        Markup svg = new Markup()
                .open("svg", "class", "patterns", "width", "0", "height", "0", "aria-hidden", "true")
                .open("defs")
                .open("pattern", "id", "hatch", "width", "7", "height", "7", "patternUnits", "userSpaceOnUse")
                .empty("path", "class", "hatch-ground", "d", "M0 0H7V7H0Z")
                .empty("path", "class", "hatch-line", "d", "M-1 1L1 -1M0 7L7 0M6 8L8 6")
                .close();
        stripes(svg, "short");
        stripes(svg, "over");
        return svg.close().close().toString();
    }

    private static void stripes(Markup svg, String kind) {
        svg.open(
                        "pattern",
                        "id",
                        "stripes-" + kind,
                        "class",
                        kind,
                        "width",
                        "8",
                        "height",
                        "8",
                        "patternUnits",
                        "userSpaceOnUse")
                .empty("path", "class", "stripe-ground", "d", "M0 0H8V8H0Z")
                .empty("path", "class", "stripe-line", "d", "M-2 6L2 10M0 0L8 8M6 -2L10 2")
                .close();
    }

    /**
     * The picture with names, scales and text alternative.
     *
     * @param id prefix of the ids inside, unique on the page
     */
    public String draw(Doughnut doughnut, String id) {
        Proportions p = Proportions.PAGE;
        Markup svg = open(p, doughnut, id, "doughnut");
        ground(svg, p);
        spokes(svg, doughnut.floor(), p.deepest(), p.floor());
        spokes(svg, doughnut.ceiling(), p.ceiling(), p.farthest());
        ticks(svg, p.shortfall(), SHORTFALL_TICKS);
        ticks(svg, p.overshoot(), OVERSHOOT_TICKS);
        wedges(svg, doughnut.floor(), p.shortfall(), p.gap(), true);
        wedges(svg, doughnut.ceiling(), p.overshoot(), p.gap(), true);
        names(svg, doughnut.floor(), p.floor(), p.safeInner(), p.gap(), id + "-f");
        names(svg, doughnut.ceiling(), p.safeOuter(), p.ceiling(), p.gap(), id + "-c");
        spaceName(svg, p, id);
        marks(svg, doughnut.ceiling(), p, id);
        tickLabels(svg, p.shortfall(), SHORTFALL_TICKS);
        tickLabels(svg, p.overshoot(), OVERSHOOT_TICKS);
        return svg.close().toString();
    }

    /** The picture without names and scales, for small multiples. */
    public String drawSmall(Doughnut doughnut, String id) {
        Proportions p = Proportions.SMALL;
        Markup svg = open(p, doughnut, id, "doughnut small");
        ground(svg, p);
        wedges(svg, doughnut.floor(), p.shortfall(), p.gap(), false);
        wedges(svg, doughnut.ceiling(), p.overshoot(), p.gap(), false);
        return svg.close().toString();
    }

    private static Markup open(Proportions p, Doughnut doughnut, String id, String kind) {
        String corner = number(-p.half());
        String side = number(2 * p.half());
        return new Markup()
                .open(
                        "svg",
                        "xmlns",
                        "http://www.w3.org/2000/svg",
                        "class",
                        kind,
                        "viewBox",
                        corner + " " + corner + " " + side + " " + side,
                        "role",
                        "img",
                        "aria-labelledby",
                        id + "-title " + id + "-desc")
                .leaf("title", doughnut.title(), "id", id + "-title")
                .leaf("desc", doughnut.description(), "id", id + "-desc");
    }

    private static void ground(Markup svg, Proportions p) {
        svg.empty("circle", "class", "beyond", "r", number(p.farthest()));
        svg.empty("circle", "class", "band ceiling", "r", number(p.ceiling()));
        svg.empty("circle", "class", "safe", "r", number(p.safeOuter()));
        svg.empty("circle", "class", "band floor", "r", number(p.safeInner()));
        svg.empty("circle", "class", "below", "r", number(p.floor()));
    }

    private static void spokes(Markup svg, Ring ring, double inner, double outer) {
        int count = ring.dimensions().size();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            double angle = 360.0 * i / count;
            lines.append("M").append(Segment.point(inner, angle)).append("L").append(Segment.point(outer, angle));
        }
        if (count > 1) {
            svg.empty("path", "class", "spoke", "d", lines.toString());
        }
    }

    private static void ticks(Markup svg, Scale scale, double[] ticks) {
        for (double tick : ticks) {
            svg.empty("circle", "class", "tick", "r", number(scale.radius(tick)));
        }
    }

    private void tickLabels(Markup svg, Scale scale, double[] ticks) {
        for (double tick : ticks) {
            double middle = scale.radius(tick);
            svg.leaf("text", percent.apply(tick), "class", "tick-label", "x", "0", "y", number(-middle + 4));
        }
    }

    private static void wedges(Markup svg, Ring ring, Scale scale, double gap, boolean detailed) {
        int count = ring.dimensions().size();
        for (int i = 0; i < count; i++) {
            Dimension dimension = ring.dimensions().get(i);
            Segment sector = sector(i, count, scale.zero(), scale.full(), gap);
            List<Segment> parts = sector.split(Math.max(1, dimension.wedges().size()), gap / 2);
            for (int w = 0; w < dimension.wedges().size(); w++) {
                wedge(svg, dimension.wedges().get(w), parts.get(w), scale, detailed);
            }
        }
    }

    private static void wedge(Markup svg, Wedge wedge, Segment part, Scale scale, boolean detailed) {
        svg.open("g", "class", "wedge " + (scale.full() < scale.zero() ? "short " : "over ") + name(wedge.kind()));
        if (detailed) {
            svg.leaf("title", wedge.tooltip());
        }
        if (wedge.kind() == Kind.MISSING) {
            svg.empty("path", "d", part.path());
        } else if (wedge.percent() <= 0) {
            met(svg, part, scale, detailed);
        } else {
            double end = scale.radius(wedge.percent());
            svg.empty(
                    "path",
                    "d",
                    Segment.between(scale.zero(), end, part.from(), part.to()).path());
            if (scale.clips(wedge.percent())) {
                double length = Math.abs(scale.full() - scale.zero());
                double cut = scale.away(length * 0.86);
                svg.empty("path", "class", "cut", "d", part.zigzag(cut, length * 0.12, length * 0.2));
            }
        }
        svg.close();
    }

    /** No shortfall, or inside the boundary: a tick mark, so that nought is not taken for nothing known. */
    private static void met(Markup svg, Segment part, Scale scale, boolean detailed) {
        double size = detailed ? 9 : 8;
        double radius = scale.away(size * 1.5);
        double cx = x(radius, part.middle());
        double cy = y(radius, part.middle());
        svg.empty("circle", "class", "met", "cx", number(cx), "cy", number(cy), "r", number(size));
        if (detailed) {
            svg.empty("path", "class", "met-tick", "d", "M" + number(cx - 4) + " " + number(cy) + "l3 3.4l5.2 -6.4");
        }
    }

    private static void names(Markup svg, Ring ring, double inner, double outer, double gap, String id) {
        int count = ring.dimensions().size();
        double size = commonSize(ring, inner, outer, gap);
        for (int i = 0; i < count; i++) {
            Segment sector = sector(i, count, inner, outer, gap);
            String title = ring.dimensions().get(i).title();
            svg.empty("path", "class", "divider", "d", divider(sector, gap));
            curved(svg, CurvedText.fit(title, sector, size, SMALLEST_NAME), "name", id + i);
        }
    }

    /** The largest size in which all names of a ring fit, within limits: one long name does not make all small. */
    private static double commonSize(Ring ring, double inner, double outer, double gap) {
        int count = ring.dimensions().size();
        double size = NAME_SIZE;
        for (int i = 0; i < count; i++) {
            Segment sector = sector(i, count, inner, outer, gap);
            String title = ring.dimensions().get(i).title();
            size = Math.min(
                    size,
                    CurvedText.fit(title, sector, NAME_SIZE, SMALLEST_NAME).size());
        }
        return Math.max(size, SMALLEST_COMMON_NAME);
    }

    private static String divider(Segment sector, double gap) {
        double angle = sector.from() - gap / 2;
        return "M" + Segment.point(sector.inner() + 5, angle) + "L" + Segment.point(sector.outer() - 5, angle);
    }

    private void spaceName(Markup svg, Proportions p, String id) {
        Segment top = new Segment(p.safeInner(), p.safeOuter(), -75, 75);
        curved(svg, CurvedText.fit(safeSpace, top, NAME_SIZE, SMALLEST_NAME), "space-name", id + "-s");
    }

    private static void marks(Markup svg, Ring ring, Proportions p, String id) {
        int count = ring.dimensions().size();
        for (int i = 0; i < count; i++) {
            List<Wedge> wedges = ring.dimensions().get(i).wedges();
            List<Segment> parts = sector(i, count, p.farthest() + 2, p.half(), p.gap())
                    .split(Math.max(1, wedges.size()), p.gap() / 2);
            for (int w = 0; w < wedges.size(); w++) {
                Wedge wedge = wedges.get(w);
                if (wedge.kind() != Kind.MISSING && p.overshoot().clips(wedge.percent())) {
                    CurvedText mark = CurvedText.fit(wedge.mark(), parts.get(w), MARK_SIZE, SMALLEST_NAME);
                    curved(svg, mark, "mark", id + "-m" + i + "-" + w);
                }
            }
        }
    }

    private static void curved(Markup svg, CurvedText text, String kind, String id) {
        for (int i = 0; i < text.lines().size(); i++) {
            CurvedText.Line line = text.lines().get(i);
            String path = id + "-" + i;
            svg.empty("path", "id", path, "class", "guide", "d", line.path());
            svg.open("text", "class", kind, "font-size", number(text.size()));
            svg.leaf("textPath", line.text(), "href", "#" + path, "startOffset", "50%");
            svg.close();
        }
    }

    private static Segment sector(int index, int count, double oneRadius, double otherRadius, double gap) {
        double width = 360.0 / count;
        return Segment.between(oneRadius, otherRadius, index * width + gap / 2, (index + 1) * width - gap / 2);
    }

    private static String name(Kind kind) {
        return switch (kind) {
            case COUNTED -> "counted";
            case PROXY -> "proxy";
            case MISSING -> "missing";
        };
    }
}
