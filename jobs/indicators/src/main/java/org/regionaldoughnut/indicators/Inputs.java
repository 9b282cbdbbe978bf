package org.regionaldoughnut.indicators;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SideBySide;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.TableOption;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.model.Hash;

/**
 * What the values in {@code statistics.indicators} were computed from: of each request and year the number of rows that
 * feed it and two sums of their hashes, kept in {@code statistics.inputs}. Where they have not changed, neither have the
 * values.
 */
final class Inputs {
    static final Table TABLE = new Table("statistics", "inputs");
    private static final StructType COLUMNS = new StructType()
            .add("method", DataTypes.StringType)
            .add("input", DataTypes.StringType)
            .add("state", DataTypes.StringType)
            .add("year", DataTypes.IntegerType)
            .add("request", DataTypes.IntegerType)
            .add("unit", DataTypes.StringType)
            .add("removed", DataTypes.BooleanType)
            .add("rows", DataTypes.LongType)
            .add("mixed", DataTypes.LongType)
            .add("summed", DataTypes.LongType);

    private final Lake lake;
    private final String method;
    private final List<Part> before;
    private final List<Part> now;

    /** A year of a table, as it was when the table's state was this. */
    private record Year(String method, String input, String state, int year) {
        static Year of(Row row) {
            return new Year(row.getAs("method"), row.getAs("input"), row.getAs("state"), row.<Integer>getAs("year"));
        }
    }

    /** The rows of one table and year. */
    private record Part(Year year, Map<Survey.Fed, Survey.Content> contents) {
        static List<Part> of(List<Row> rows) {
            Map<Year, Map<Survey.Fed, Survey.Content>> parts = new LinkedHashMap<>();
            for (Row row : rows) {
                Map<Survey.Fed, Survey.Content> its = parts.computeIfAbsent(Year.of(row), year -> new HashMap<>());
                if (row.getAs("request") != null) {
                    its.put(
                            new Survey.Fed(
                                    row.<Integer>getAs("request"), row.getAs("unit"), row.<Boolean>getAs("removed")),
                            new Survey.Content(
                                    row.<Long>getAs("rows"), row.<Long>getAs("mixed"), row.<Long>getAs("summed")));
                }
            }
            return parts.entrySet().stream()
                    .map(part -> new Part(part.getKey(), part.getValue()))
                    .toList();
        }

        /** One that no request is fed by is remembered too, so that it is not looked at again. */
        List<Row> rows() {
            if (contents.isEmpty()) {
                return List.of(row(null, null, false, new Survey.Content(0, 0, 0)));
            }
            return contents.entrySet().stream()
                    .map(one -> row(
                            one.getKey().request(),
                            one.getKey().unit(),
                            one.getKey().removed(),
                            one.getValue()))
                    .toList();
        }

        private Row row(Integer request, String unit, boolean removed, Survey.Content content) {
            return RowFactory.create(
                    year.method(),
                    year.input(),
                    year.state(),
                    year.year(),
                    request,
                    unit,
                    removed,
                    content.rows(),
                    content.mixed(),
                    content.summed());
        }
    }

    private Inputs(Lake lake, String method, List<Part> before, List<Part> now) {
        this.lake = lake;
        this.method = method;
        this.before = before;
        this.now = now;
    }

    /**
     * @param tables harmonised tables, each with the tables that its rows are set aside in
     * @param survey tells what the years named hold, or all where none are
     * @param method identity of all that decides what the values are, beside the rows
     * @param asOf when these rows counted
     */
    static Inputs of(
            Lake lake,
            Map<String, List<Table>> tables,
            BiFunction<String, Optional<Set<Integer>>, Survey.Found> survey,
            String method,
            Instant asOf) {
        Map<String, States> allStates = new ConcurrentHashMap<>();
        List<Callable<List<Part>>> first = new ArrayList<>(List.of(() -> kept(lake)));
        tables.forEach((table, setAside) -> first.add(() -> {
            allStates.put(table, States.of(lake, table, setAside, asOf));
            return List.of();
        }));
        List<Part> before = SideBySide.all(first).get(0);
        List<Part> usable = before.stream()
                .filter(part -> part.year().method().equals(method))
                .toList();
        List<Part> now = new ArrayList<>();
        List<Callable<List<Part>>> looks = new ArrayList<>();
        allStates.forEach((table, states) -> {
            // years that have not been written since
            List<Part> same = usable.stream()
                    .filter(part -> part.year().input().equals(table)
                            && part.year().state().equals(states.of(part.year().year())))
                    .toList();
            now.addAll(same);
            Optional<Set<Integer>> others =
                    states.others(same.stream().map(part -> part.year().year()).toList());
            if (others.filter(Set::isEmpty).isEmpty()) {
                looks.add(() -> {
                    Map<Integer, Map<Survey.Fed, Survey.Content>> found =
                            new TreeMap<>(survey.apply(table, others).byYear());
                    // a year may have rows of which none counts
                    others.ifPresent(years -> years.forEach(year -> found.putIfAbsent(year, Map.of())));
                    return found.entrySet().stream()
                            .map(one -> new Part(
                                    new Year(method, table, states.of(one.getKey()), one.getKey()), one.getValue()))
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
     * @param all what is the same for all years
     */
    private record States(String whole, Map<Integer, String> byYear, String all) {
        static States of(Lake lake, String table, List<Table> setAside, Instant asOf) {
            Table its = Table.harmonised(table);
            List<String> all = new ArrayList<>(List.of(asOf.toString()));
            setAside.forEach(other -> all.add(lake.state(other)));
            return new States(lake.state(its), lake.states(its, "year"), Hash.of(all));
        }

        /** An empty text for a year that has no files. */
        String of(int year) {
            return (byYear.isEmpty() ? whole : byYear.getOrDefault(year, "")) + " " + all;
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
                .map(rows -> Part.of(rows.collectAsList()))
                .orElse(List.of());
    }

    /** What all rows feed, and in which units. */
    Collection<Survey.Fed> fed() {
        Set<Survey.Fed> fed = new HashSet<>();
        now.forEach(part -> fed.addAll(part.contents().keySet()));
        return fed;
    }

    /** The years there are rows of. */
    Set<Integer> years() {
        Set<Integer> years = new TreeSet<>();
        now.forEach(part -> years.add(part.year().year()));
        return years;
    }

    /** The years there are rows of that count and feed a request. */
    Set<Integer> years(int request) {
        Set<Integer> years = new TreeSet<>();
        for (Part part : now) {
            if (part.contents().keySet().stream().anyMatch(fed -> fed.request() == request && !fed.removed())) {
                years.add(part.year().year());
            }
        }
        return years;
    }

    /**
     * The requests that other rows feed than those the values were computed from, with the years of these; none where
     * all must be computed.
     */
    Optional<Map<Integer, Set<Integer>>> changed() {
        if (before.isEmpty()
                || before.stream().anyMatch(part -> !method.equals(part.year().method()))) {
            return Optional.empty();
        }
        Map<Integer, Map<Survey.Fed, Survey.Content>> was = byYear(before);
        Map<Integer, Map<Survey.Fed, Survey.Content>> is = byYear(now);
        Set<Integer> years = new TreeSet<>(was.keySet());
        years.addAll(is.keySet());
        Map<Integer, Set<Integer>> changed = new TreeMap<>();
        for (int year : years) {
            Set<Map.Entry<Survey.Fed, Survey.Content>> same =
                    new HashSet<>(was.getOrDefault(year, Map.of()).entrySet());
            same.retainAll(is.getOrDefault(year, Map.of()).entrySet());
            for (Map<Integer, Map<Survey.Fed, Survey.Content>> some : List.of(was, is)) {
                for (Map.Entry<Survey.Fed, Survey.Content> one :
                        some.getOrDefault(year, Map.of()).entrySet()) {
                    if (!same.contains(one)) {
                        changed.computeIfAbsent(one.getKey().request(), request -> new TreeSet<>())
                                .add(year);
                    }
                }
            }
        }
        return Optional.of(changed);
    }

    /** A request looks at one table, so that of a year no two parts tell of the same. */
    private static Map<Integer, Map<Survey.Fed, Survey.Content>> byYear(List<Part> parts) {
        Map<Integer, Map<Survey.Fed, Survey.Content>> byYear = new HashMap<>();
        parts.forEach(part -> byYear.computeIfAbsent(part.year().year(), year -> new HashMap<>())
                .putAll(part.contents()));
        return byYear;
    }

    /** Remembers what the values have been computed from; to be called when they are written. */
    void keep(Write write) {
        List<Part> parts = now.isEmpty() ? List.of(new Part(new Year(method, "", "", 0), Map.of())) : now;
        List<Row> rows = parts.stream().flatMap(part -> part.rows().stream()).toList();
        lake.replaceAll(TABLE, rows, COLUMNS, write, TableOption.statisticsOn("input"));
    }
}
