package org.regionaldoughnut.harmonise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.OfficeReader;

/** Generated histories of editions against a plain map that remembers what each edition said. */
class RevisionHistoryTest {
    private static final Office OFFICE = new OfficeReader(
                    Path.of(System.getProperty("project.root", "../..")), Map.of(), Path.of(""))
            .read("sample", List.of());
    private static final RegionTree TREE =
            new RegionTree(List.of(new Region("UK", "United Kingdom", "NUTS0", Optional.empty(), List.of())));
    private static final String SOURCE = "social";
    private static final StructType RAW = new StructType()
            .add("batch", "string")
            .add("file", "string")
            .add("line", "long")
            .add("cell", "int")
            .add("received", "string")
            .add("series", "string")
            .add("region", "string")
            .add("region_scheme", "string")
            .add("variable", "string")
            .add("breakdown", "string")
            .add("period", "string")
            .add("value", "double")
            .add("unit", "string")
            .add("lower", "double")
            .add("upper", "double")
            .add("confidence_level", "double")
            .add("obs_status", "string")
            .add("conf_status", "string")
            .add("action", "string");

    private static final List<String> BREAKDOWNS = List.of("_T", "age=Y15T24;sex=F", "age=Y25T64;sex=F", "sex=F");

    /** What an edition deletes: a null year or breakdown is left open, as is what a breakdown calls {@code *}. */
    record Deletion(Integer year, String breakdown) {
        boolean means(Figure figure) {
            boolean breakdowns =
                    switch (breakdown == null ? "" : breakdown) {
                        case "" -> true;
                        case "age=*;sex=F" -> figure.breakdown().endsWith("sex=F");
                        default -> breakdown.equals(figure.breakdown());
                    };
            return (year == null || year == figure.year()) && breakdowns;
        }
    }

    record Figure(int year, String breakdown) implements Comparable<Figure> {
        @Override
        public int compareTo(Figure other) {
            return Comparator.comparing(Figure::year)
                    .thenComparing(Figure::breakdown)
                    .compare(this, other);
        }
    }

    /** One edition: figures, and for a partial one what it deletes that it does not state itself. */
    record Edition(boolean partial, Map<Figure, Integer> values, List<Deletion> deleted) {
        static Edition of(boolean partial, Map<Integer, Integer> values) {
            Map<Figure, Integer> figures = new TreeMap<>();
            values.forEach((year, value) -> figures.put(new Figure(year, "_T"), value));
            return new Edition(partial, figures, List.of());
        }
    }

    @Provide
    Arbitrary<List<Edition>> histories() {
        Arbitrary<Integer> years = Arbitraries.integers().between(2001, 2003);
        Arbitrary<Map<Figure, Integer>> figures = Arbitraries.maps(
                        Combinators.combine(years, Arbitraries.of(BREAKDOWNS)).as(Figure::new),
                        Arbitraries.integers().between(1, 3))
                .ofMinSize(1)
                .ofMaxSize(8);
        List<String> deletable = new ArrayList<>(BREAKDOWNS);
        deletable.add("age=*;sex=F");
        Arbitrary<Deletion> deletions = Combinators.combine(
                        years.injectNull(0.4), Arbitraries.of(deletable).injectNull(0.3))
                .as(Deletion::new);
        Arbitrary<Edition> edition = Combinators.combine(
                        Arbitraries.frequency(net.jqwik.api.Tuple.of(3, false), net.jqwik.api.Tuple.of(1, true)),
                        figures,
                        deletions.list().uniqueElements().ofMaxSize(2))
                .as((partial, values, deleted) -> {
                    Map<Figure, Integer> stated = new TreeMap<>(values);
                    deleted.stream()
                            .filter(deletion -> deletion.year() != null && deletion.breakdown() != null)
                            .forEach(deletion -> stated.remove(new Figure(deletion.year(), deletion.breakdown())));
                    return new Edition(partial, stated, partial ? deleted : List.of());
                });
        return edition.list().ofMinSize(3).ofMaxSize(4);
    }

    @Property(tries = 3, shrinking = ShrinkingMode.OFF)
    void editionsAppliedOneByOneEqualTheirReplayAndEveryPastStateIsWhatWasPublishedThen(
            @ForAll("histories") List<Edition> history) throws IOException {
        SparkSession spark = SparkTest.session();
        Lake lake = lake(spark);
        Lake replayed = lake(spark);
        Lake merged = lake(spark);
        write(lake, history);
        write(replayed, history);
        write(merged, history);
        List<AcceptedBatch> batches = batches(history);
        for (int i = 1; i <= batches.size(); i++) {
            harmonise(lake, batches.subList(0, i), "m", i, i - 1);
            // as editions are applied that close more rows than memory should hold
            harmonise(new Facts(merged, OFFICE, TREE, 0), batches.subList(0, i), "m", i, i - 1);
        }
        harmonise(replayed, batches, "m", 1, 0);

        List<String> rows = rows(table(lake));
        assertThat(rows).isEqualTo(rows(table(replayed)));
        assertThat(rows).isEqualTo(rows(table(merged)));
        Map<Figure, Integer> known = new TreeMap<>();
        for (int i = 0; i < history.size(); i++) {
            Edition edition = history.get(i);
            if (!edition.partial()) {
                known.clear();
            }
            known.keySet().removeIf(figure -> edition.deleted().stream().anyMatch(d -> d.means(figure)));
            known.putAll(edition.values());
            Timestamp then = Timestamp.from(vintage(i));
            Map<Figure, Integer> asOf = new TreeMap<>();
            for (Row row : table(lake)
                    .where("vintage <= timestamp'" + then + "'")
                    .where("superseded is null or superseded > timestamp'" + then + "'")
                    .collectAsList()) {
                Figure figure = new Figure(Integer.parseInt(row.getAs("period")), row.getAs("breakdown"));
                assertThat(asOf.put(figure, (int) (double) row.<Double>getAs("value")))
                        .isNull();
            }
            assertThat(asOf).as("edition %s of %s", i + 1, history).isEqualTo(known);
        }
    }

    @Test
    void anEditionThatRepeatsEverythingWritesNoRowAndAChangedMethodReplays() throws IOException {
        Lake lake = lake(SparkTest.session());
        Edition edition = Edition.of(false, Map.of(2001, 1, 2002, 2));
        List<Edition> history = List.of(edition, edition);
        write(lake, history);
        List<AcceptedBatch> batches = batches(history);
        harmonise(lake, batches.subList(0, 1), "m", 1, 0);
        List<String> before = rows(table(lake));
        HarmoniseResult again = harmonise(lake, batches, "m", 2, 1);
        assertThat(again.changes()).isEqualTo(new HarmoniseResult.Changes(0, 0, 2, 0));
        assertThat(rows(table(lake))).isEqualTo(before);
        HarmoniseResult replayed = harmonise(lake, batches, "another method", 3, 2);
        assertThat(replayed.changes().isEmpty()).isTrue();
        assertThat(replayed.rowsIn()).isEqualTo(4);
        assertThat(rows(table(lake))).isEqualTo(before);
    }

    @Test
    void aStepKilledAfterItsCommitIsFinishedWithoutWritingRowsAgain() throws IOException {
        Lake lake = lake(SparkTest.session());
        List<Edition> history =
                List.of(Edition.of(false, Map.of(2001, 1, 2002, 2)), Edition.of(false, Map.of(2001, 5)));
        write(lake, history);
        List<AcceptedBatch> batches = batches(history);
        harmonise(lake, batches.subList(0, 1), "m", 1, 0);
        HarmoniseResult revised = harmonise(lake, batches, "m", 2, 1);
        assertThat(revised.changes()).isEqualTo(new HarmoniseResult.Changes(0, 1, 0, 1));
        List<String> before = rows(table(lake));
        long version = lake.version(Table.harmonised("census"));
        // the ledger still says that step 1 was the last to end well
        HarmoniseResult resumed = harmonise(lake, batches, "m", 3, 1);
        assertThat(resumed.changes().isEmpty()).isTrue();
        assertThat(lake.version(Table.harmonised("census"))).isEqualTo(version);
        assertThat(rows(table(lake))).isEqualTo(before);
    }

    private static HarmoniseResult harmonise(
            Lake lake, List<AcceptedBatch> batches, String method, long step, long lastSuccess) {
        return harmonise(new Facts(lake, OFFICE, TREE), batches, method, step, lastSuccess);
    }

    private static HarmoniseResult harmonise(
            Facts facts, List<AcceptedBatch> batches, String method, long step, long lastSuccess) {
        return facts.harmonise(
                OFFICE.contracts().get("census"),
                batches,
                Map.of(SOURCE, method),
                "run",
                OptionalLong.of(lastSuccess),
                Write.of("h", "census", step));
    }

    private static Lake lake(SparkSession spark) throws IOException {
        return new Lake(spark, Files.createTempDirectory("revisions").toUri().toString());
    }

    private static Instant vintage(int edition) {
        return Instant.parse("2020-01-01T00:00:00Z").plusSeconds(86_400L * edition);
    }

    private static List<AcceptedBatch> batches(List<Edition> history) {
        List<AcceptedBatch> batches = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            batches.add(new AcceptedBatch(SOURCE, "b" + i, "", vintage(i), "m"));
        }
        return batches;
    }

    private static void write(Lake lake, List<Edition> history) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < history.size(); i++) {
            Edition edition = history.get(i);
            long line = 1;
            for (Map.Entry<Figure, Integer> figure : edition.values().entrySet()) {
                rows.add(row(
                        "b" + i,
                        ++line,
                        figure.getKey().breakdown(),
                        String.valueOf(figure.getKey().year()),
                        (double) figure.getValue(),
                        edition.partial() ? "R" : null));
            }
            for (Deletion deleted : edition.deleted()) {
                rows.add(row(
                        "b" + i,
                        ++line,
                        deleted.breakdown() == null ? "*" : deleted.breakdown(),
                        deleted.year() == null ? "*" : String.valueOf(deleted.year()),
                        null,
                        "Delete"));
            }
        }
        lake.append(Table.raw(SOURCE), lake.spark().createDataFrame(rows, RAW), Write.of("i", SOURCE, 1));
    }

    private static Row row(String batch, long line, String breakdown, String year, Double value, String action) {
        return RowFactory.create(
                batch,
                "f",
                line,
                1,
                String.valueOf(value),
                SOURCE,
                "UK",
                "UK-NUTS-2016",
                "women-among-managers",
                breakdown,
                year,
                value,
                "PERCENT",
                null,
                null,
                null,
                null,
                null,
                action);
    }

    private static Dataset<Row> table(Lake lake) {
        return lake.read(Table.harmonised("census")).orElseThrow();
    }

    private static List<String> rows(Dataset<Row> table) {
        return table
                .select(
                        "batch",
                        "line",
                        "region",
                        "breakdown",
                        "period",
                        "value",
                        "obs_status",
                        "vintage",
                        "superseded",
                        "key_hash",
                        "value_hash")
                .collectAsList()
                .stream()
                .map(Row::mkString)
                .sorted()
                .toList();
    }
}
