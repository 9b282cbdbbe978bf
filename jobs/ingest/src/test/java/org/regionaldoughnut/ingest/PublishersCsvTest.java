package org.regionaldoughnut.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.office.Format;

/** Plain CSV as several publishers write it, on their own files. */
class PublishersCsvTest {
    @TempDir
    Path folder;

    @Test
    void ourWorldInDataHasOneColumnForEachVariable() {
        Ingested table = Ingested.of(
                folder,
                Ingested.received("world/emissions/owid-co2-data_2020-12-09.csv"),
                Format.of("csv"),
                null,
                Map.of("region", "country", "period", "=year", "value", "=consumption_co2"));
        assertThat(table.result.cellsIn()).isEqualTo(24016);
        assertThat(table.result.quarantined()).isZero();
        assertThat(table.raw()
                        .where("region = 'United Kingdom' and period = '2017'")
                        .head()
                        .<Double>getAs("value"))
                .isEqualTo(556.498);
    }
}
