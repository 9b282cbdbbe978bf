package org.regionaldoughnut.app.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.model.ExitCode;

/**
 * How a run ended.
 *
 * @param state done, up_to_date or failed
 * @param runId absent where nothing ran
 * @param release folder of the latest release
 * @param waiting the newest draft that is not published, and what it waits for
 */
public record RunResult(
        String office,
        Optional<String> runId,
        String state,
        Optional<Path> release,
        List<StepOutcome> steps,
        List<Throwable> failures,
        ExitCode exitCode,
        Optional<String> waiting) {}
