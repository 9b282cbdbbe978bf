package org.regionaldoughnut.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.delta.DeltaConcurrentModificationException;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.columns.Apart;

@ExtendWith(SparkTest.class)
class ReplacedRowsTest {
    private static final Table TABLE = new Table("statistics", "things");
    private static final StructType SCHEMA =
            new StructType().add("thing", DataTypes.StringType).add("year", DataTypes.IntegerType);
    private static final TableOption[] BY_YEAR = {TableOption.partitionedBy("year"), TableOption.statisticsOn("thing")};

    @TempDir
    Path folder;

    private Lake lake;
    private int writes;

    @BeforeEach
    void open(SparkSession spark) {
        lake = new Lake(spark, folder.toUri().toString());
    }

    private Write next() {
        return Write.of("test", "things", ++writes);
    }

    private static Row thing(String thing, Integer year) {
        return RowFactory.create(thing, year);
    }

    private void replaceAll(Row... rows) {
        lake.replaceAll(TABLE, List.of(rows), SCHEMA, next(), BY_YEAR);
    }

    private JavaRDD<InternalRow> computed(Row... rows) {
        return lake.spark()
                .createDataFrame(List.of(rows), SCHEMA)
                .queryExecution()
                .toRdd()
                .toJavaRDD();
    }

    private List<String> things() {
        return lake.read(TABLE).orElseThrow().collectAsList().stream()
                .map(row -> row.getString(0) + row.get(1))
                .sorted()
                .toList();
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).count();
        }
    }

    @Test
    void theSameWriteAgainAddsNothingAndLeavesNoFile() throws IOException {
        Write write = next();
        lake.replaceAll(TABLE, List.of(thing("a", 1)), SCHEMA, write, BY_YEAR);
        lake.replaceAll(TABLE, List.of(thing("b", 1)), SCHEMA, write, BY_YEAR);
        lake.replacePartitions(
                TABLE, computed(thing("c", 1)), SCHEMA, Optional.empty(), Optional.empty(), write, BY_YEAR);

        assertThat(things()).containsExactly("a1");
        assertThat(lake.version(TABLE)).isZero();
        assertThat(lake.lastWrite(TABLE, write.application())).isEqualTo(write.version());
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void onlyThePartitionsNamedAreReplaced() {
        replaceAll(thing("a", 1), thing("b", 2), thing("c", 3), thing("d", null));
        Map<String, String> unknown = new HashMap<>();
        unknown.put("year", null);
        Optional<Set<Map<String, String>>> some =
                Optional.of(Set.of(Map.of("year", "2"), Map.of("year", "3"), unknown));
        lake.replacePartitions(
                TABLE, computed(thing("e", 3), thing("f", null)), SCHEMA, some, Optional.empty(), next(), BY_YEAR);

        assertThat(things()).containsExactly("a1", "e3", "fnull");
        assertThat(lake.read(TABLE).orElseThrow().where("year is null").count()).isEqualTo(1);
    }

    @Test
    void rowsOfOtherPartitionsThanThoseNamedAreRefusedAndTheTableStaysAsItWas() {
        replaceAll(thing("a", 1));
        JavaRDD<InternalRow> rows = computed(thing("b", 1), thing("c", 2));
        Write write = next();
        assertThatThrownBy(() -> lake.replacePartitions(
                        TABLE,
                        rows,
                        SCHEMA,
                        Optional.of(Set.of(Map.of("year", "1"))),
                        Optional.empty(),
                        write,
                        BY_YEAR))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("rows of {year=2} among those of [{year=1}]");
        assertThat(things()).containsExactly("a1");
    }

    @Test
    void whatSomebodyElseCommitsWhileRowsAreWrittenIsNotLost(SparkSession spark) {
        replaceAll(thing("a", 1), thing("b", 2));
        Write other = Write.of("other", "things", 1);
        List<Row> rows = new AbstractList<>() {
            @Override
            public Row get(int index) {
                lake.append(TABLE, spark.createDataFrame(List.of(thing("d", 2)), SCHEMA), other);
                return thing("c", 1);
            }

            @Override
            public int size() {
                return 1;
            }
        };
        Write own = next();
        assertThatThrownBy(() -> lake.replaceAll(TABLE, rows, SCHEMA, own, BY_YEAR))
                .isInstanceOf(DeltaConcurrentModificationException.class);
        assertThat(things()).containsExactly("a1", "b2", "d2");
    }

    @Test
    void aTableMayGetOtherColumnsWhereAllItsRowsAreReplaced() {
        replaceAll(thing("a", 1));
        StructType wider = SCHEMA.add("unit", DataTypes.StringType);
        lake.replaceAll(TABLE, List.of(RowFactory.create("b", 2, "t")), wider, next(), BY_YEAR);
        assertThat(lake.read(TABLE)
                        .orElseThrow()
                        .select("thing", "year", "unit")
                        .collectAsList())
                .containsExactly(RowFactory.create("b", 2, "t"));

        assertThatThrownBy(() -> lake.replacePartitions(
                        TABLE,
                        computed(thing("c", 2)),
                        SCHEMA,
                        Optional.of(Set.of(Map.of("year", "2"))),
                        Optional.empty(),
                        next(),
                        BY_YEAR))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("some partitions of other columns");
        assertThat(lake.count(TABLE)).isEqualTo(1);
    }

    @Test
    void rowsWrittenHereAndRowsThatSparkWritesReplaceEachOther(SparkSession spark) {
        lake.replace(
                TABLE, spark.createDataFrame(List.of(thing("a", 1), thing("b", 2)), SCHEMA), null, next(), BY_YEAR);
        lake.replacePartitions(
                TABLE,
                computed(thing("c", 1)),
                SCHEMA,
                Optional.of(Set.of(Map.of("year", "1"))),
                Optional.empty(),
                next(),
                BY_YEAR);
        assertThat(things()).containsExactly("b2", "c1");

        Dataset<Row> others = spark.createDataFrame(List.of(thing("d", 1)), SCHEMA);
        lake.replace(TABLE, others, "year = 1 or thing = 'b'", next(), BY_YEAR);
        assertThat(things()).containsExactly("d1");
        replaceAll();
        assertThat(things()).isEmpty();
    }

    @Test
    void aTableIsLaidOutAsItsFirstWriteSaysAndKeepsItsNotes() {
        lake.replaceAll(TABLE, List.of(thing("a", 1)), SCHEMA, next().noting("first"), BY_YEAR);
        replaceAll(thing("b", 1));

        Row detail = lake.spark()
                .sql("describe detail delta.`" + lake.location(TABLE) + "`")
                .head();
        assertThat(detail.<Object>getAs("partitionColumns").toString()).contains("year");
        assertThat(detail.getJavaMap(detail.fieldIndex("properties")).toString())
                .contains("delta.dataSkippingStatsColumns=thing");
        assertThat(lake.note(TABLE)).contains("first");
        assertThat(lake.spark()
                        .read()
                        .format("delta")
                        .option("versionAsOf", 0)
                        .load(lake.location(TABLE))
                        .head()
                        .getString(0))
                .isEqualTo("a");
    }

    @Test
    void rowsThatAreApartAreReadWithoutTheOthers() {
        Apart apart = new Apart("thing", Set.of("a", "b", "z"));
        Row[] first = {thing("a", 1), thing("c", 1), thing("b", 2), thing("d", 2), thing("e", 3), thing(null, 3)};
        lake.replacePartitions(TABLE, computed(first), SCHEMA, Optional.empty(), Optional.of(apart), next(), BY_YEAR);
        assertThat(read(apart)).containsExactly("a1", "b2");
        assertThat(things()).hasSize(6);

        // by other names nothing is known, so that all files are looked at
        assertThat(read(new Apart("thing", Set.of("a")))).isEqualTo(things());
        Optional<Set<Map<String, String>>> second = Optional.of(Set.of(Map.of("year", "2")));
        lake.replacePartitions(
                TABLE, computed(thing("z", 2), thing("y", 2)), SCHEMA, second, Optional.of(apart), next(), BY_YEAR);
        assertThat(read(apart)).containsExactly("a1", "z2");

        // nor of rows that others wrote
        Dataset<Row> others = lake.spark().createDataFrame(List.of(thing("b", 1), thing("x", 1)), SCHEMA);
        lake.replace(TABLE, others, "year = 1", next(), BY_YEAR);
        assertThat(read(apart)).containsExactly("b1", "x1", "z2");
        assertThat(things()).containsExactly("b1", "e3", "null3", "x1", "y2", "z2");
    }

    @Test
    void rowsThatAreApartAreFoundAmongManyFiles() {
        Apart apart = new Apart("thing", Set.of("a"));
        Row[] years = IntStream.range(0, 140)
                .mapToObj(i -> thing(i % 2 == 0 ? "a" : "b", i / 2))
                .toArray(Row[]::new);
        lake.replacePartitions(TABLE, computed(years), SCHEMA, Optional.empty(), Optional.of(apart), next(), BY_YEAR);
        assertThat(read(apart)).contains("a0", "a69");
        assertThat(lake.read(TABLE, apart).orElseThrow().where("thing = 'a'").count())
                .isEqualTo(70);
    }

    private List<String> read(Apart apart) {
        return lake.read(TABLE, apart).orElseThrow().collectAsList().stream()
                .map(row -> row.getString(0) + row.get(1))
                .sorted()
                .toList();
    }

    @Test
    void rowsAreCountedInFewFilesAndInMany(SparkSession spark) {
        assertThat(lake.count(TABLE)).isZero();
        Row[] years = IntStream.range(0, 70).mapToObj(year -> thing("a", year)).toArray(Row[]::new);
        replaceAll(years);
        assertThat(lake.count(TABLE)).isEqualTo(70);
        assertThat(things()).hasSize(70);

        lake.replacePartitions(
                TABLE,
                computed(thing("b", 3), thing("c", 3)),
                SCHEMA,
                Optional.of(Set.of(Map.of("year", "3"), Map.of("year", "4"))),
                Optional.empty(),
                next(),
                BY_YEAR);
        assertThat(lake.count(TABLE)).isEqualTo(70);
        replaceAll(thing("a", 1), thing("b", 1), thing("c", 2));
        assertThat(lake.count(TABLE)).isEqualTo(3);
    }

    @Test
    void rowsMarkedAsDeletedAreNotCounted(SparkSession spark) {
        lake.append(TABLE, spark.range(0, 100, 1, 1).toDF("n"), next(), TableOption.deletionVectors());
        lake.replace(TABLE, spark.range(0).toDF("n"), "n < 30", next());
        assertThat(lake.count(TABLE)).isEqualTo(70);
    }
}
