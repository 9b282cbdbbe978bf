package org.regionaldoughnut.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2LedgerTest extends DatabaseContractTest {
    @TempDir
    Path folder;

    @Override
    LedgerSettings settings() {
        return LedgerSettings.embedded(folder);
    }

    @Test
    void theNewestMigrationIsTheOneTheProgramKnows() throws IOException, URISyntaxException {
        var shipped = Path.of(
                getClass().getClassLoader().getResource(LedgerSchema.MIGRATIONS).toURI());
        try (var files = Files.list(shipped)) {
            assertThat(files.map(file -> file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1"))
                            .mapToInt(Integer::parseInt)
                            .max())
                    .hasValue(LedgerSchema.NEWEST);
        }
    }

    @Test
    void itsTablesAreMadeBesideThoseThatAreThere(@TempDir Path fresh) throws Exception {
        var settings = LedgerSettings.embedded(fresh);
        var connections = Connections.to(settings);
        try (var connection = connections.source().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table of_the_scheduler (id integer)");
        } finally {
            connections.close().run();
        }
        try (var opened = Ledgers.open(settings, clock)) {
            opened.putMeta("word", "kept");
            assertThat(opened.meta("word")).contains("kept");
        }
    }

    @Test
    void manyWhoOpenANewLedgerAtOnceAllGetIt(@TempDir Path fresh) throws Exception {
        var threads = Executors.newFixedThreadPool(4);
        var opened = new ArrayList<Ledger>();
        try {
            Callable<Ledger> open = () -> Ledgers.open(LedgerSettings.embedded(fresh), clock);
            for (var ledger : threads.invokeAll(Collections.nCopies(4, open))) {
                opened.add(ledger.get());
            }
            opened.get(0).putMeta("word", "shared");
            assertThat(opened)
                    .allSatisfy(ledger -> assertThat(ledger.meta("word")).contains("shared"));
        } finally {
            opened.forEach(Ledger::close);
            threads.shutdown();
        }
    }

    @Test
    void anotherProcessSharesTheFileAndRespectsTheLease() throws Exception {
        try (var lease = ledger.acquireLease("run 1")) {
            lease.verify();

            assertThat(LedgerProcess.run(folder, "acquire"))
                    .contains("LeaseHeldException")
                    .contains("run 1");
        }
        assertThat(LedgerProcess.run(folder, "acquire")).contains("acquired");
    }

    @Test
    void whatWasWrittenSurvivesAKillAndTheLeaseOfTheKilledIsFree(@TempDir Path place) throws Exception {
        var said = LedgerProcess.run(place, "begin-and-die");
        var id = Long.parseLong(said.strip());

        try (var reopened = Ledgers.open(LedgerSettings.embedded(place), clock)) {
            assertThat(reopened.unfinishedSteps()).extracting(StepRecord::id).containsExactly(id);
            assertThat(reopened.unfinishedRuns()).extracting(RunRecord::id).containsExactly("killed");
            assertThat(reopened.lease().orElseThrow().holder()).isEqualTo("run killed");
            try (var lease = reopened.acquireLease("run 2")) {
                lease.verify();
                assertThat(reopened.startStep(step("killed", "trade"))).isGreaterThan(id);
            }
        }
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        var file = Files.createFile(folder.resolve("occupied"));

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> Ledgers.open(LedgerSettings.embedded(file), clock))
                .withMessageStartingWith("Cannot open the ledger jdbc:h2:file:" + file);
    }

    @Test
    void thePasswordIsNotShown() {
        var settings = LedgerSettings.at("jdbc:postgresql://db/doughnut?password=secret", "clerk", "secret");

        assertThat(settings.toString()).doesNotContain("secret").contains("clerk");
    }

    @Test
    void anUnknownDatabaseIsRefused() {
        org.assertj.core.api.Assertions.assertThatIllegalArgumentException()
                .isThrownBy(() -> LedgerSettings.at("jdbc:mysql://db/doughnut", "", ""))
                .withMessageContaining("jdbc:h2: and jdbc:postgresql:");
    }
}
