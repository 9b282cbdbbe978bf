package org.regionaldoughnut.schedule.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.schedule.TestPython;

/**
 * Airflow's official Python client against the API, see {@code src/test/python/official_client.py}. The Python that has
 * it (src/test/python/requirements.txt) is named by DOUGHNUT_TEST_AIRFLOW_CLIENT.
 */
class OfficialClientTest {
    @TempDir
    Path folder;

    @Test
    void theOfficialClientLogsInListsTriggersWaitsClearsPausesAndBackfills() throws Exception {
        TestPython python = TestPython.named("DOUGHNUT_TEST_AIRFLOW_CLIENT", "requirements.txt");
        try (ApiFixture fixture = new ApiFixture(folder, ApiSettings.loopback(0))) {
            String said = python.run(
                    Map.of(),
                    List.of("src/test/python/official_client.py", fixture.address(), "admin", ApiFixture.PASSWORD));
            assertThat(said).contains("OK");
        }
    }
}
