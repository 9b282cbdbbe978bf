package org.regionaldoughnut.app.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.SparkTest;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.model.DoughnutException;

@ExtendWith(SparkTest.class)
class LakeQueryTest {
    @TempDir
    static Path storage;

    private static LakeQuery query;

    @BeforeAll
    static void fill(SparkSession spark) {
        Lake lake = new Lake(spark, storage.toUri().toString());
        lake.append(
                Table.raw("la-co2"),
                spark.sql("select 'N1' as region, 2.5D as value, timestamp'2020-01-02 03:04:05' as received"),
                Write.of("ingest", "la-co2", 1));
        lake.append(
                Table.harmonised("trade"),
                spark.sql("select 'N1' as region, 'export' as flow, 10D as value"),
                Write.of("harmonise", "trade", 1));
        query = new LakeQuery(lake, storage);
    }

    @Test
    void tablesAreFoundInJoinsSubqueriesAndCommonTableExpressions() {
        Answer answer = query.run("with t as (select * from harmonised.trade where flow = 'export') "
                + "select c.region, t.value / c.value as ratio from raw.`la-co2` c join t on t.region = c.region "
                + "where c.region in (select trade.region from harmonised.trade)");
        assertThat(answer.columns()).containsExactly("region", "ratio");
        assertThat(answer.rows()).containsExactly(Map.of("region", "N1", "ratio", 4.0));
    }

    @Test
    void aNameWithDashesMayStandInOnePairOfBackticks() {
        assertThat(query.run("select `la-co2`.received from `raw.la-co2`").rows())
                .containsExactly(Map.of("received", "2020-01-02T03:04:05Z"));
    }

    @Test
    void quarantineThatNothingWasPutIntoIsEmpty() {
        Answer answer = query.run("select * from quarantine.`la-co2`");
        assertThat(answer.rows()).isEmpty();
        assertThat(answer.columns())
                .containsExactly(
                        "batch", "file", "line", "cell", "received", "stage", "action", "rule", "message", "run");
    }

    @Test
    void anUnknownTableIsAnsweredWithItsNearMiss() {
        assertThatThrownBy(() -> query.run("select * from harmonised.trades"))
                .isInstanceOf(DoughnutException.class)
                .hasMessage(
                        "Cannot run the query: there is no table harmonised.trades. Did you mean 'harmonised.trade'?"
                                + " Tables: harmonised.trade, raw.la-co2.");
        assertThatThrownBy(() -> query.run("select * from quarantine.`la-co3`"))
                .hasMessageStartingWith("Cannot run the query: there is no table quarantine.la-co3.");
    }

    @Test
    void whatIsNoSelectIsRefusedAndMistakesAreSaid() {
        assertThatThrownBy(() -> query.run("drop table harmonised.trade")).hasMessageContaining("it is not a SELECT");
        assertThatThrownBy(() -> query.run("insert into harmonised.trade values ('a', 'b', 1)"))
                .hasMessageContaining("it is not a SELECT");
        assertThatThrownBy(() -> query.run("selekt 1"))
                .isInstanceOf(DoughnutException.class)
                .hasMessageStartingWith("Cannot run the query: ");
        assertThatThrownBy(() -> query.run("select nothing from harmonised.trade"))
                .isInstanceOf(DoughnutException.class)
                .hasMessageContaining("nothing")
                .hasMessageEndingWith("Correct the SQL; the tables are harmonised.trade, raw.la-co2.");
    }
}
