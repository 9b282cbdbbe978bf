package org.regionaldoughnut.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/**
 * A Python with packages of Airflow, named by an environment variable.
 *
 * @param executable its path
 */
public record TestPython(String executable) {

    /**
     * Skips the test where none is named, unless services are required.
     *
     * @param requirements file in src/test/python that says what it must have
     */
    public static TestPython named(String variable, String requirements) {
        var executable = System.getProperty(variable, System.getenv().getOrDefault(variable, ""));
        if (executable.isEmpty()) {
            var missing = "Cannot test with Airflow: no Python is named. Set " + variable
                    + " to one that has the packages of src/test/python/" + requirements + ".";
            if (System.getProperty("services", "optional").equals("required")) {
                throw new IllegalStateException(missing);
            }
            Assumptions.abort(missing);
        }
        return new TestPython(executable);
    }

    /** Runs it to its good end, and returns what it said. */
    public String run(Map<String, String> environment, List<String> words) throws IOException, InterruptedException {
        var all = new java.util.ArrayList<>(List.of(executable));
        all.addAll(words);
        var builder = new ProcessBuilder(all).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
