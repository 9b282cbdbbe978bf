package org.regionaldoughnut.indicators;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Serializable;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** In which units figures were met: unit to the numbers of the requests they feed. */
record Units(TreeMap<String, TreeSet<Integer>> requests) implements Serializable {
    Units() {
        this(new TreeMap<>());
    }

    void add(String unit, int request) {
        requests.computeIfAbsent(unit, u -> new TreeSet<>()).add(request);
    }

    void addAll(Units others) {
        others.requests.forEach((unit, its) ->
                requests.computeIfAbsent(unit, u -> new TreeSet<>()).addAll(its));
    }

    Units and(Units others) {
        Units both = new Units();
        both.addAll(this);
        both.addAll(others);
        return both;
    }

    void forEach(BiConsumer<Integer, String> met) {
        requests.forEach((unit, its) -> its.forEach(request -> met.accept(request, unit)));
    }

    /** A line for each unit: the numbers, a blank and the unit, as it stands in a URL; it may have lines of its own. */
    String text() {
        return requests.entrySet().stream()
                .map(one -> one.getValue().stream().map(String::valueOf).collect(Collectors.joining(",")) + " "
                        + URLEncoder.encode(one.getKey(), UTF_8))
                .collect(Collectors.joining("\n"));
    }

    /** What {@link #text} says. */
    static Units of(String text) {
        Units units = new Units();
        text.lines().forEach(line -> {
            int blank = line.indexOf(' ');
            Arrays.stream(line.substring(0, blank).split(","))
                    .forEach(request ->
                            units.add(URLDecoder.decode(line.substring(blank + 1), UTF_8), Integer.parseInt(request)));
        });
        return units;
    }
}
