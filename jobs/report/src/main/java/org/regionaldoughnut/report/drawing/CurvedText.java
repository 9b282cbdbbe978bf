package org.regionaldoughnut.report.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text fitted into a segment: one or two lines along the arc, upright in both halves of the circle, as large as the
 * segment allows, never longer than it. What cannot fit ends in an ellipsis.
 *
 * @param lines in the order of reading
 * @param size font size
 */
record CurvedText(List<Line> lines, double size) {
    private static final double LINE_HEIGHT = 1.14;
    private static final double BASELINE = 0.35;
    private static final double SIDE_GAP = 4;
    private static final double STEP = 0.5;

    /** @param path the baseline, in the direction of reading */
    record Line(String text, double radius, String path) {}

    static CurvedText fit(String text, Segment segment, double largest, double smallest) {
        String bare = text.strip();
        for (double size = largest; size >= smallest; size -= STEP) {
            for (List<String> lines : wraps(bare)) {
                Optional<CurvedText> fitted = place(lines, segment, size);
                if (fitted.isPresent()) {
                    return fitted.get();
                }
            }
        }
        return place(List.of(shorten(bare, segment, smallest)), segment, smallest)
                .orElseGet(() -> new CurvedText(List.of(), smallest));
    }

    private static Optional<CurvedText> place(List<String> lines, Segment segment, double size) {
        boolean clockwise = readsClockwise(segment);
        double height = lines.size() * size * LINE_HEIGHT;
        if (height > segment.outer() - segment.inner() + 1e-9) {
            return Optional.empty();
        }
        double centre = (segment.inner() + segment.outer()) / 2;
        List<Line> placed = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            double below = (i - (lines.size() - 1) / 2.0) * size * LINE_HEIGHT;
            double middle = clockwise ? centre - below : centre + below;
            double baseline = clockwise ? middle - BASELINE * size : middle + BASELINE * size;
            if (width(lines.get(i), size) > room(segment, Math.min(middle, baseline))) {
                return Optional.empty();
            }
            placed.add(new Line(lines.get(i), baseline, segment.arcPath(baseline, clockwise)));
        }
        return Optional.of(new CurvedText(List.copyOf(placed), size));
    }

    private static double room(Segment segment, double radius) {
        return segment.arc(radius) - 2 * SIDE_GAP;
    }

    private static boolean readsClockwise(Segment segment) {
        double angle = ((segment.middle() % 360) + 360) % 360;
        return angle <= 90 || angle >= 270;
    }

    /** On one line, then broken at each space into two. */
    private static List<List<String>> wraps(String text) {
        List<List<String>> wraps = new ArrayList<>();
        wraps.add(List.of(text));
        List<List<String>> broken = new ArrayList<>();
        for (int space = text.indexOf(' '); space > 0; space = text.indexOf(' ', space + 1)) {
            broken.add(List.of(text.substring(0, space), text.substring(space + 1)));
        }
        broken.sort((a, b) -> Double.compare(longest(a), longest(b)));
        wraps.addAll(broken);
        return wraps;
    }

    private static double longest(List<String> lines) {
        return lines.stream().mapToDouble(line -> width(line, 1)).max().orElse(0);
    }

    private static String shorten(String text, Segment segment, double size) {
        double room = room(segment, (segment.inner() + segment.outer()) / 2 - size / 2);
        int end = text.length();
        while (end > 0 && width(text.substring(0, end) + "…", size) > room) {
            end = text.offsetByCodePoints(end, -1);
        }
        return end == 0 ? "" : text.substring(0, end).strip() + "…";
    }

    /**
     * Estimated width, rather too wide than too narrow: the reader's font is not known. The classes follow the widths
     * of common sans-serif fonts.
     */
    static double width(String text, double size) {
        return size * text.codePoints().mapToDouble(CurvedText::share).sum();
    }

    private static double share(int character) {
        if ("iljtfrI.,:;'|!()[] ".indexOf(character) >= 0) {
            return 0.38;
        }
        if ("mwMW@%…".indexOf(character) >= 0) {
            return 0.95;
        }
        if (character > 0x2E80) {
            return 1.05;
        }
        return Character.isUpperCase(character) ? 0.73 : 0.62;
    }
}
