package org.regionaldoughnut.schedule.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Airflow's official Python client against the API, see {@code src/test/python/official_client.py}. The Python that has
 * it (src/test/python/requirements.txt) is named by DOUGHNUT_TEST_AIRFLOW_CLIENT.
 */
class OfficialClientTest {
    @TempDir
    Path folder;

    @Test
    void theOfficialClientLogsInListsTriggersWaitsClearsPausesAndBackfills() throws Exception {
        String python = System.getProperty(
                "DOUGHNUT_TEST_AIRFLOW_CLIENT", System.getenv().getOrDefault("DOUGHNUT_TEST_AIRFLOW_CLIENT", ""));
        if (python.isEmpty()) {
            String missing =
                    "Cannot test with Airflow's client: no Python is named. Set DOUGHNUT_TEST_AIRFLOW_CLIENT to"
                            + " one that has the packages of src/test/python/requirements.txt.";
            if (System.getProperty("services", "optional").equals("required")) {
                throw new IllegalStateException(missing);
            }
            Assumptions.abort(missing);
        }
        try (ApiFixture fixture = new ApiFixture(folder, ApiSettings.loopback(0))) {
            Process client = new ProcessBuilder(
                            python,
                            "src/test/python/official_client.py",
                            fixture.address(),
                            "admin",
                            ApiFixture.PASSWORD)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(client.waitFor()).as(said).isZero();
            assertThat(said).contains("OK");
        }
    }
}
