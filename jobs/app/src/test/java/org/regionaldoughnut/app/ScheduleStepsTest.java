package org.regionaldoughnut.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.OfficeReader;

/** The product's verbs as tasks of the scheduler, in its own process. */
class ScheduleStepsTest {
    private static final String TRY = "dag run task 1";

    @TempDir
    Path folder;

    @Test
    void theSparkJobsOfAStepCarryItsNameAndEndWhenItIsCancelled() throws Exception {
        var office = new OfficeCopy(folder);
        System.setProperty(Workplace.HOME, office.home.toString());
        var steps = new ScheduleSteps(
                OfficeCopy.CLOCK,
                List.of("--storage", office.storage.toString()),
                office.home,
                new OfficeReader(office.home, Map.of(), folder).read("sample", List.of()));
        var tracker = SparkTest.session().sparkContext().statusTracker();
        var errors = new StringWriter();
        var endless = List.of(
                "query", "--lake", "select count(*) from range(1000000) a, range(1000000) b where a.id * b.id = 7");
        var code = CompletableFuture.supplyAsync(() -> steps.run(TRY, endless, Map.of(), new StringWriter(), errors));

        while (tracker.getJobIdsForGroup(TRY).length == 0) {
            assertThat(code.isDone()).as("ended by itself: " + errors).isFalse();
            Thread.sleep(10);
        }
        steps.cancel(TRY);

        assertThat(code.get(60, TimeUnit.SECONDS)).isNotEqualTo(ExitCode.DONE.code());
        assertThat(errors.toString()).containsIgnoringCase("cancel");
    }
}
