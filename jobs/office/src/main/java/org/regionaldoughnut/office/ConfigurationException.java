package org.regionaldoughnut.office;

import java.util.List;
import java.util.stream.Collectors;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/** The configuration cannot be used; every problem found is listed. Exit code 3. */
public final class ConfigurationException extends DoughnutException {
    private static final long serialVersionUID = 1L;
    private final transient List<Problem> problems;

    public ConfigurationException(List<Problem> problems) {
        super(
                ExitCode.CONFIGURATION,
                "Cannot use the configuration: " + problems.size() + (problems.size() == 1 ? " problem" : " problems")
                        + " found.\n"
                        + problems.stream().sorted().map(Problem::toString).collect(Collectors.joining("\n"))
                        + "\nCorrect the files and try again; 'doughnut check' lists the problems without running anything.");
        this.problems = problems.stream().sorted().toList();
    }

    public List<Problem> problems() {
        return problems;
    }
}
