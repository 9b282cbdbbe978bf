package org.regionaldoughnut.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;

/** Runs of a process of its own that is killed in one room after the other. */
class KilledRunTest {
    /** A run is killed as soon as it reports the end of such a step; its neighbours are then in the middle. */
    private static final List<String> KILLED_AFTER =
            List.of("ingest/la-", "validate/", "harmonise/regions", "indicators/");

    @TempDir
    Path folder;

    @Test
    void aRunKilledInOneRoomAfterTheOtherEndsInTheTablesOfAnUndisturbedOne() throws Exception {
        SparkTest.session();
        OfficeCopy undisturbed = new OfficeCopy(folder.resolve("undisturbed"));
        OfficeCopy.Ended run = undisturbed.doughnut("run", "--json");
        assertThat(run.code()).as(run.err()).isZero();

        OfficeCopy killed = new OfficeCopy(folder.resolve("killed"));
        for (String step : KILLED_AFTER) {
            assertThat(killedAfter(step, killed)).as("killed after " + step).isTrue();
        }
        OfficeCopy.Ended last = killed.doughnut("run", "--json");
        assertThat(last.code()).as(last.err()).isZero();

        List<Path> tables = tables(undisturbed.storage);
        assertThat(tables).isNotEmpty();
        assertThat(tables(killed.storage)).isEqualTo(tables);
        for (Path table : tables) {
            // quality says what each run judged; statistics/inputs what its program and configuration were
            if (!table.startsWith("quality") && !table.endsWith("inputs")) {
                assertSameRows(table, undisturbed.storage, killed.storage);
            }
        }
        assertThat(judgements(killed.storage))
                .as("what rules said of each batch, whichever run they said it in")
                .isEqualTo(judgements(undisturbed.storage));
        assertThat(contentHash(last)).isEqualTo(contentHash(run));
        assertThat(killed.doughnut("run", "--json").json().path("state").asText())
                .isEqualTo("up_to_date");
    }

    /** Starts a run as a process and kills it; false where it ended by itself. */
    private static boolean killedAfter(String step, OfficeCopy office) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-opens"))
                .toList());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-D" + Workplace.HOME + "=" + office.home,
                "-cp",
                System.getProperty("java.class.path"),
                KilledRunTest.class.getName(),
                "--storage",
                office.storage.toString(),
                "run"));
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader progress =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            for (String line = progress.readLine(); line != null; line = progress.readLine()) {
                said.add(line);
                if (line.startsWith(step)) {
                    process.destroyForcibly();
                    return process.waitFor() == 137;
                }
            }
        }
        throw new AssertionError("the run ended without a step " + step + ": " + said);
    }

    /** The command line at the hour of the undisturbed run: the time of receipt is part of the tables. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(Doughnut.execute(OfficeCopy.CLOCK, Map.of(), out, err, arguments));
    }

    /** Folders of the lake's tables, below its root. */
    private static List<Path> tables(Path storage) throws IOException {
        Path lake = storage.resolve("lake");
        try (Stream<Path> files = Files.walk(lake, 3)) {
            return files.filter(file -> file.endsWith("_delta_log"))
                    .map(file -> lake.relativize(file.getParent()))
                    .sorted()
                    .toList();
        }
    }

    private static void assertSameRows(Path table, Path one, Path other) {
        Dataset<Row> left = rows(one.resolve("lake").resolve(table));
        Dataset<Row> right = rows(other.resolve("lake").resolve(table));
        assertThat(right.count()).as(table.toString()).isEqualTo(left.count());
        assertThat(left.exceptAll(right).takeAsList(3)).as(table.toString()).isEmpty();
    }

    /** Without the name of the run, in text: what has no order, such as a map, cannot be compared. */
    private static Dataset<Row> rows(Path table) {
        Dataset<Row> rows = SparkTest.session().read().format("delta").load(table.toString());
        Set<String> ofTheRun = Set.of("run");
        return rows.select(Arrays.stream(rows.columns())
                .filter(column -> !ofTheRun.contains(column))
                .map(column -> functions.col("`" + column + "`").cast("string").as(column))
                .toArray(org.apache.spark.sql.Column[]::new));
    }

    private static Set<String> judgements(Path storage) {
        return SparkTest.session()
                .read()
                .format("delta")
                .load(storage.resolve("lake/quality/outcomes").toString())
                .select("contract", "source", "batch", "rule_id", "outcome", "observed", "failing_rows")
                .collectAsList()
                .stream()
                .map(Row::mkString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String contentHash(OfficeCopy.Ended ended) throws IOException {
        Path release = Path.of(ended.json().path("release").asText());
        String hash = new ObjectMapper()
                .readTree(release.resolve("release.json").toFile())
                .path("content_hash")
                .asText();
        assertThat(hash).isNotBlank();
        return hash;
    }
}
