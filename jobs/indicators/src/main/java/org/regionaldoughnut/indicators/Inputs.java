package org.regionaldoughnut.indicators;

import static org.apache.spark.sql.functions.col;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SideBySide;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.TableOption;
import org.regionaldoughnut.lake.Write;

/**
 * What the values in {@code statistics.indicators} were computed from: of each harmonised table and year the number of
 * rows and two sums of their hashes, kept in {@code statistics.inputs}. Where they have not changed, neither have the
 * values.
 */
final class Inputs {
    static final Table TABLE = new Table("statistics", "inputs");
    private static final StructType COLUMNS = new StructType()
            .add("method", DataTypes.StringType)
            .add("input", DataTypes.StringType)
            .add("state", DataTypes.StringType)
            .add("year", DataTypes.IntegerType)
            .add("rows", DataTypes.LongType)
            .add("mixed", DataTypes.LongType)
            .add("summed", DataTypes.LongType)
            .add("units", DataTypes.StringType);

    private final Lake lake;
    private final String method;
    private final List<Part> before;
    private final List<Part> now;

    /** The rows of one table and year. */
    private record Part(String method, String input, String state, int year, Survey.Content content) {
        static Part of(Row row) {
            return new Part(
                    row.getAs("method"),
                    row.getAs("input"),
                    row.getAs("state"),
                    row.<Integer>getAs("year"),
                    new Survey.Content(
                            row.<Long>getAs("rows"),
                            row.<Long>getAs("mixed"),
                            row.<Long>getAs("summed"),
                            Units.of(row.getAs("units"))));
        }

        String place() {
            return input + "/" + year;
        }

        Row row() {
            return RowFactory.create(
                    method,
                    input,
                    state,
                    year,
                    content.rows(),
                    content.mixed(),
                    content.summed(),
                    content.units().text());
        }
    }

    private Inputs(Lake lake, String method, List<Part> before, List<Part> now) {
        this.lake = lake;
        this.method = method;
        this.before = before;
        this.now = now;
    }

    /**
     * @param tables harmonised tables with the rows that count now
     * @param survey tells what their years hold
     * @param method identity of all that decides what the values are, beside the rows
     * @param asOf when these rows counted
     */
    static Inputs of(
            Lake lake,
            Map<String, Dataset<Row>> tables,
            BiFunction<String, Dataset<Row>, SortedMap<Integer, Survey.Content>> survey,
            String method,
            Instant asOf) {
        List<Part> before = kept(lake);
        List<Part> usable =
                before.stream().filter(part -> part.method().equals(method)).toList();
        List<Part> now = new ArrayList<>();
        List<Callable<List<Part>>> looks = new ArrayList<>();
        tables.forEach((table, rows) -> {
            States states = States.of(lake, table, asOf);
            // years that have not been written since
            List<Part> same = usable.stream()
                    .filter(part -> part.input().equals(table) && part.state().equals(states.of(part.year())))
                    .toList();
            now.addAll(same);
            Optional<Set<Integer>> others =
                    states.others(same.stream().map(Part::year).toList());
            if (others.filter(Set::isEmpty).isEmpty()) {
                Dataset<Row> looked = others.map(years -> rows.where(col("year").isin(years.toArray())))
                        .orElse(rows);
                looks.add(() -> {
                    Map<Integer, Survey.Content> found = new TreeMap<>(survey.apply(table, looked));
                    // a year may have rows of which none counts
                    others.ifPresent(years -> years.forEach(year -> found.putIfAbsent(year, Survey.Content.NONE)));
                    return found.entrySet().stream()
                            .map(entry -> new Part(
                                    method, table, states.of(entry.getKey()), entry.getKey(), entry.getValue()))
                            .toList();
                });
            }
        });
        SideBySide.all(looks).forEach(now::addAll);
        return new Inputs(lake, method, before, List.copyOf(now));
    }

    /**
     * What tells whether a table has been written since.
     *
     * @param whole that of the table
     * @param byYear those of its years, where they lie apart; empty where they do not
     */
    private record States(String whole, Map<Integer, String> byYear, Instant asOf) {
        static States of(Lake lake, String table, Instant asOf) {
            Table its = Table.harmonised(table);
            return new States(lake.state(its), lake.states(its, "year"), asOf);
        }

        /** An empty text for a year that has no files. */
        String of(int year) {
            return (byYear.isEmpty() ? whole : byYear.getOrDefault(year, "")) + " " + asOf;
        }

        /** The years that have to be looked at beside these, empty for all of the table. */
        Optional<Set<Integer>> others(List<Integer> known) {
            if (byYear.isEmpty()) {
                return known.isEmpty() ? Optional.empty() : Optional.of(Set.of());
            }
            Set<Integer> others = new TreeSet<>(byYear.keySet());
            others.removeAll(known);
            return Optional.of(others);
        }
    }

    /** What was kept the last time; nothing where another program kept it in other columns. */
    private static List<Part> kept(Lake lake) {
        return lake.read(TABLE)
                .filter(rows -> List.of(rows.columns()).equals(List.of(COLUMNS.fieldNames())))
                .map(rows -> rows.collectAsList().stream().map(Part::of).toList())
                .orElse(List.of());
    }

    /** What the years of all tables hold. */
    List<Survey.Content> contents() {
        return now.stream().map(Part::content).toList();
    }

    /** The years there are rows of. */
    Set<Integer> years() {
        Set<Integer> years = new TreeSet<>();
        now.forEach(part -> years.add(part.year()));
        return years;
    }

    /**
     * The harmonised tables that have other rows than those the values were computed from, with the years of these; none
     * where all must be computed.
     */
    Optional<Map<String, Set<Integer>>> changedYears() {
        if (before.isEmpty() || before.stream().anyMatch(part -> !method.equals(part.method()))) {
            return Optional.empty();
        }
        Map<String, Part> was = byPlace(before);
        Map<String, Part> is = byPlace(now);
        Set<String> places = new HashSet<>(was.keySet());
        places.addAll(is.keySet());
        Map<String, Set<Integer>> changed = new TreeMap<>();
        for (String place : places) {
            Part a = was.get(place);
            Part b = is.get(place);
            if (a == null || b == null || !a.content().equals(b.content())) {
                Part any = a == null ? b : a;
                changed.computeIfAbsent(any.input(), table -> new TreeSet<>()).add(any.year());
            }
        }
        return Optional.of(changed);
    }

    private static Map<String, Part> byPlace(List<Part> parts) {
        Map<String, Part> byPlace = new HashMap<>();
        parts.forEach(part -> byPlace.put(part.place(), part));
        return byPlace;
    }

    /** Remembers what the values have been computed from; to be called when they are written. */
    void keep(Write write) {
        List<Part> parts = now.isEmpty() ? List.of(new Part(method, "", "", 0, Survey.Content.NONE)) : now;
        List<Row> rows = parts.stream().map(Part::row).toList();
        lake.replaceAll(TABLE, rows, COLUMNS, write, TableOption.statisticsOn("input"));
    }
}
