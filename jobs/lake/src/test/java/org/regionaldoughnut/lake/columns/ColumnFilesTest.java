package org.regionaldoughnut.lake.columns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.lake.SparkTest;
import scala.Function1;

@ExtendWith(SparkTest.class)
class ColumnFilesTest {
    /** More than two pages, and more distinct long texts than a dictionary takes. */
    private static final int MANY = 45_000;

    private static final StructType ALL_TYPES = new StructType()
            .add("same", DataTypes.StringType)
            .add("alternating", DataTypes.StringType)
            .add("distinct", DataTypes.StringType)
            .add("seldom", DataTypes.StringType)
            .add("number", DataTypes.DoubleType)
            .add("count", DataTypes.IntegerType)
            .add("total", DataTypes.LongType)
            .add("truth", DataTypes.BooleanType)
            .add("time", DataTypes.TimestampType)
            .add("day", DataTypes.DateType)
            .add("never", DataTypes.DoubleType);

    @TempDir
    Path folder;

    private static Row row(int i) {
        return RowFactory.create(
                "same",
                i % 3 == 0 ? "" : "Ærø " + i % 3,
                "a text that no other row has and that is not short: " + i,
                i % 30_000 == 29_999 ? "here" : null,
                switch (i % 5) {
                    case 0 -> null;
                    case 1 -> -0.0;
                    case 2 -> Double.NaN;
                    case 3 -> Double.NEGATIVE_INFINITY;
                    default -> i / 7.0;
                },
                i % 2 == 0 ? null : i,
                (long) i << 33,
                i % 7 == 0 ? null : i % 2 == 0,
                i % 11 == 0
                        ? null
                        : Timestamp.from(
                                Instant.parse("1969-12-31T23:59:59.999999Z").plusNanos(i % 13 * 1_000L)),
                i % 17 == 0 ? null : Date.valueOf(LocalDate.ofEpochDay(i % 100 - 50)),
                null);
    }

    private static List<Row> rows() {
        return IntStream.range(0, MANY).mapToObj(ColumnFilesTest::row).toList();
    }

    private static Iterator<InternalRow> within(StructType schema, List<Row> rows) {
        Function1<Object, Object> within = CatalystTypeConverters.createToCatalystConverter(schema);
        return rows.stream().map(row -> (InternalRow) within.apply(row)).iterator();
    }

    private ColumnFiles files(SparkSession spark, StructType schema, List<String> partitionedBy, String... statistics) {
        return new ColumnFiles(
                spark.sessionState().newHadoopConf(),
                folder.toUri().toString(),
                schema,
                partitionedBy,
                Set.of(statistics),
                "zstd",
                Optional.empty());
    }

    private static ParquetMetadata footer(Path file) throws IOException {
        Configuration hadoop = new Configuration();
        try (ParquetFileReader reader =
                ParquetFileReader.open(HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), hadoop))) {
            return reader.getFooter();
        }
    }

    private static Path fileIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whatIsWrittenByColumnsIsWhatSparkWrites(SparkSession spark) throws IOException {
        List<Row> rows = rows();
        Written written = files(spark, ALL_TYPES, List.of())
                .write(within(ALL_TYPES, rows))
                .get(0);
        Path ours = folder.resolve(written.path());
        Path theirs = folder.resolve("spark");
        spark.createDataFrame(rows, ALL_TYPES).coalesce(1).write().parquet(theirs.toString());

        assertThat(spark.read().parquet(ours.toString()).collectAsList())
                .isEqualTo(spark.read().parquet(theirs.toString()).collectAsList())
                .hasSize(MANY);
        assertThat(footer(ours).getFileMetaData().getSchema())
                .isEqualTo(footer(fileIn(theirs)).getFileMetaData().getSchema());
        assertThat(footer(ours).getFileMetaData().getKeyValueMetaData())
                .isEqualTo(footer(fileIn(theirs)).getFileMetaData().getKeyValueMetaData());
        assertThat(Files.size(ours)).isEqualTo(written.bytes()).isLessThan(Files.size(fileIn(theirs)) * 11 / 10);
    }

    @Test
    void columnsAreSummarisedAsSparkSummarisesThem(SparkSession spark) throws IOException {
        List<Row> rows = rows();
        Path ours = folder.resolve(files(spark, ALL_TYPES, List.of())
                .write(within(ALL_TYPES, rows))
                .get(0)
                .path());
        Path theirs = folder.resolve("spark");
        spark.createDataFrame(rows, ALL_TYPES).coalesce(1).write().parquet(theirs.toString());

        List<ColumnChunkMetaData> own = footer(ours).getBlocks().get(0).getColumns();
        List<ColumnChunkMetaData> other =
                footer(fileIn(theirs)).getBlocks().get(0).getColumns();
        for (int i = 0; i < own.size(); i++) {
            assertThat(own.get(i).getStatistics())
                    .as(own.get(i).getPath().toString())
                    .isEqualTo(other.get(i).getStatistics());
            assertThat(own.get(i).getCodec()).isEqualTo(CompressionCodecName.ZSTD);
        }
        // few texts are numbered, where each is another they are written out
        assertThat(own.get(0).getEncodings()).contains(Encoding.RLE_DICTIONARY);
        assertThat(own.get(2).getEncodings()).contains(Encoding.PLAIN).doesNotContain(Encoding.RLE_DICTIONARY);
    }

    @Test
    void rowsOfEveryPageAreFoundByWhatTheyHold(SparkSession spark) throws IOException {
        Written written = files(spark, ALL_TYPES, List.of())
                .write(within(ALL_TYPES, rows()))
                .get(0);
        Dataset<Row> read = spark.read().parquet(folder.resolve(written.path()).toString());
        assertThat(read.where("same = 'same'").count()).isEqualTo(MANY);
        assertThat(read.where("alternating = 'Ærø 2'").count()).isEqualTo(MANY / 3);
        assertThat(read.where("seldom = 'here'").count()).isEqualTo(1);
        assertThat(read.where("count = 40001").count()).isEqualTo(1);
        assertThat(read.where("never > 0").count()).isZero();
    }

    @Test
    void rowsThatAreManyAreWrittenInGroups(SparkSession spark) throws IOException {
        assertThat(groups(spark, 2_005, 20_000)).isGreaterThan(3);
    }

    @Test
    void rowsMayEndWithAPageAndWithAGroup(SparkSession spark) throws IOException {
        assertThat(groups(spark, 20, 1)).isEqualTo(2);
        assertThat(groups(spark, 20, 1 << 20)).isEqualTo(1);
    }

    /** How many groups so many rows are written in, by pages of ten. */
    private int groups(SparkSession spark, int number, int bytesOfGroup) throws IOException {
        Path file = folder.resolve(number + "-" + bytesOfGroup + ".parquet");
        ColumnFile written = new ColumnFile(
                new Configuration(),
                new org.apache.hadoop.fs.Path(file.toUri()),
                ALL_TYPES,
                IntStream.range(0, ALL_TYPES.size()).toArray(),
                CompressionCodecName.ZSTD,
                new ColumnFile.Limits(10, bytesOfGroup));
        Iterator<InternalRow> rows = within(ALL_TYPES, rows().subList(0, number));
        while (rows.hasNext()) {
            written.add(rows.next());
        }
        written.end();
        assertThat(spark.read().parquet(file.toString()).collectAsList().toString())
                .isEqualTo(rows().subList(0, number).toString());
        return footer(file).getBlocks().size();
    }

    @Test
    void rowsWhoseMemoryIsUsedAgainKeepTheirTexts(SparkSession spark) throws IOException {
        StructType schema = new StructType().add("text", DataTypes.StringType);
        Dataset<Row> rows = spark.range(0, 1000, 1, 1).selectExpr("concat('t', id % 7) as text");
        ColumnFiles files = files(spark, schema, List.of());
        Written written = rows.queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(part -> files.write(part).iterator())
                .collect()
                .get(0);

        assertThat(spark.read()
                        .parquet(folder.resolve(written.path()).toString())
                        .collectAsList())
                .isEqualTo(rows.collectAsList());
    }

    @Test
    void partitionsOfOtherTypesThanTextAndWholeNumbersAreRefused(SparkSession spark) {
        assertThatThrownBy(() -> files(spark, ALL_TYPES, List.of("day")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("partitions of DateType");
    }

    @Test
    void partitionsOfRowsWhoseMemoryIsUsedAgainKeepTheirNames(SparkSession spark) throws IOException {
        StructType schema = new StructType().add("n", DataTypes.LongType).add("place", DataTypes.StringType);
        Dataset<Row> rows = spark.range(0, 100, 1, 1).selectExpr("id as n", "concat('p', id % 3) as place");
        ColumnFiles files = files(spark, schema, List.of("place"));
        rows.queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(part -> files.write(part).iterator())
                .collect();
        assertThat(spark.read()
                        .schema(schema)
                        .parquet(folder.toString())
                        .orderBy("n")
                        .collectAsList())
                .isEqualTo(rows.collectAsList());
    }

    @Test
    void eachPartitionHasOneFileThoughItsRowsAreScattered(SparkSession spark) throws IOException {
        StructType schema = new StructType()
                .add("n", DataTypes.IntegerType)
                .add("place", DataTypes.StringType)
                .add("year", DataTypes.IntegerType);
        List<Row> rows = new ArrayList<>();
        for (int n = 0; n < 30; n++) {
            rows.add(RowFactory.create(n, List.of("a/b c", "ø=%").get(n % 2), n % 3 == 0 ? null : 2000 + n % 3));
        }
        List<Written> written = files(spark, schema, List.of("place", "year")).write(within(schema, rows));

        assertThat(written).hasSize(6);
        assertThat(written).extracting(Written::partition).doesNotHaveDuplicates();
        Dataset<Row> read = spark.read().schema(schema).parquet(folder.toString());
        assertThat(read.orderBy("n").collectAsList()).isEqualTo(rows);
    }

    @Test
    void aFileTellsItsNumberOfRowsAndRangesOfText(SparkSession spark) throws IOException {
        StructType schema = new StructType().add("text", DataTypes.StringType).add("none", DataTypes.StringType);
        List<Row> rows = new ArrayList<>(Collections.nCopies(20_000, RowFactory.create("k", null)));
        rows.add(RowFactory.create("b \"quoted\"", null));
        rows.add(RowFactory.create("ø", null));
        rows.add(RowFactory.create(null, null));
        Written written = files(spark, schema, List.of(), "text", "none")
                .write(within(schema, rows))
                .get(0);

        assertThat(written.statistics())
                .isEqualTo("{\"numRecords\":20003,\"minValues\":{\"text\":\"b \\\"quoted\\\"\"},"
                        + "\"maxValues\":{\"text\":\"ø\"},\"nullCount\":{\"none\":20003,\"text\":1}}");
    }

    @Test
    void noRowsMakeNoFile(SparkSession spark) throws IOException {
        assertThat(files(spark, ALL_TYPES, List.of()).write(Collections.emptyIterator()))
                .isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whereRowsFailNoFileStays(SparkSession spark) throws IOException {
        Iterator<InternalRow> rows = within(ALL_TYPES, rows().subList(0, 100));
        Iterator<InternalRow> failing = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public InternalRow next() {
                if (!rows.hasNext()) {
                    throw new IllegalStateException("no more");
                }
                return rows.next();
            }
        };
        ColumnFiles files = files(spark, ALL_TYPES, List.of("alternating"));
        assertThatThrownBy(() -> files.write(failing))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no more")
                .hasNoSuppressedExceptions();
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void aColumnOfAnotherTypeIsRefused(SparkSession spark) {
        StructType schema = new StructType().add("price", DataTypes.createDecimalType(10, 2));
        assertThatThrownBy(() -> files(spark, schema, List.of())
                        .write(within(schema, List.of(RowFactory.create(java.math.BigDecimal.ONE)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DecimalType(10,2)");
    }
}
