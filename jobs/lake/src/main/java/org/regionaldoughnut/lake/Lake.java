package org.regionaldoughnut.lake;

import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.delta.DeltaHistoryManager;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.SetTransaction;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.lake.columns.Apart;
import org.regionaldoughnut.lake.columns.ColumnFiles;
import org.regionaldoughnut.lake.columns.Written;
import org.regionaldoughnut.model.Hash;
import scala.Function1;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** The Delta tables below one storage root. A table that does not exist reads as empty. */
public final class Lake {
    /** Commits looked back for a note; maintenance makes some without one. */
    private static final int OLDEST_NOTE = 1000;

    private static final int NOTES_A_LOOK = 10;

    private final SparkSession spark;
    private final String root;
    private SparkSession creating;

    /** @param root storage URI; the tables lie below {@code <root>/lake} */
    public Lake(SparkSession spark, String root) {
        this.spark = spark;
        this.root = root;
    }

    public SparkSession spark() {
        return spark;
    }

    /** The folder of a table. */
    public String location(Table table) {
        return root + "/lake/" + table.layer() + "/" + table.name();
    }

    public boolean exists(Table table) {
        return DeltaTable.isDeltaTable(spark, location(table));
    }

    public Optional<Dataset<Row>> read(Table table) {
        return exists(table) ? Optional.of(rows(location(table), Optional.empty())) : Optional.empty();
    }

    /** The rows that are apart, and of the others those that lie in one file with them. */
    public Optional<Dataset<Row>> read(Table table, Apart apart) {
        return exists(table) ? Optional.of(rows(location(table), Optional.of(apart))) : Optional.empty();
    }

    private Dataset<Row> rows(String location, Optional<Apart> apart) {
        Snapshot newest = DeltaLog.forTable(spark, location).update(false, Option.empty(), Option.empty());
        return FewFiles.rows(spark, newest, apart)
                .orElseGet(() -> spark.read().format("delta").load(location));
    }

    /** The table's rows, or none with the given columns where it does not exist. */
    public Dataset<Row> readOrEmpty(Table table, StructType schema) {
        return read(table).orElseGet(() -> spark.createDataFrame(List.of(), schema));
    }

    /** Number of rows; 0 where the table does not exist. */
    public long count(Table table) {
        if (!exists(table)) {
            return 0;
        }
        Snapshot newest = DeltaLog.forTable(spark, location(table)).update(false, Option.empty(), Option.empty());
        return FewFiles.count(newest)
                .orElseGet(
                        () -> spark.read().format("delta").load(location(table)).count());
    }

    /** The newest committed version; -1 where the table does not exist. */
    public long version(Table table) {
        return exists(table)
                ? DeltaLog.forTable(spark, location(table))
                        .update(false, Option.empty(), Option.empty())
                        .version()
                : -1;
    }

    /** Identity of the rows the table has now: another table or another version has another one. */
    public String state(Table table) {
        if (!exists(table)) {
            return "";
        }
        var snapshot = DeltaLog.forTable(spark, location(table)).update(false, Option.empty(), Option.empty());
        return snapshot.metadata().id() + "@" + snapshot.version();
    }

    /**
     * Identity of the rows of each partition, by a column of whole numbers: where none of its files is another, it is the
     * same. Empty where the table is not partitioned by it, or some rows have none.
     */
    public Map<Integer, String> states(Table table, String column) {
        if (!exists(table)) {
            return Map.of();
        }
        Snapshot newest = DeltaLog.forTable(spark, location(table)).update(false, Option.empty(), Option.empty());
        if (!newest.metadata().partitionColumns().contains(column)) {
            return Map.of();
        }
        List<AddFile> files = FewFiles.listed(newest)
                .map(JavaConverters::seqAsJavaList)
                .orElseGet(() -> newest.allFiles().collectAsList());
        Map<Integer, Set<String>> names = new TreeMap<>();
        for (AddFile file : files) {
            String value = file.partitionValues().apply(column);
            if (value == null || value.isEmpty()) {
                return Map.of();
            }
            String marks =
                    file.deletionVector() == null ? "" : file.deletionVector().uniqueId();
            names.computeIfAbsent(Integer.valueOf(value), v -> new TreeSet<>()).add(file.path() + " " + marks);
        }
        Map<Integer, String> states = new TreeMap<>();
        names.forEach((value, its) -> states.put(value, Hash.of(its)));
        return states;
    }

    /** The greatest version of the write's application that the table has seen; -1 for none. */
    public long lastWrite(Table table, String application) {
        if (!exists(table)) {
            return -1;
        }
        Snapshot newest = DeltaLog.forTable(spark, location(table)).update(false, Option.empty(), Option.empty());
        Option<Seq<SetTransaction>> told =
                newest.checksumOpt().isDefined() ? newest.checksumOpt().get().setTransactions() : Option.empty();
        return JavaConverters.seqAsJavaList(told.isDefined() ? told.get() : newest.setTransactions()).stream()
                .filter(transaction -> transaction.appId().equals(application))
                .mapToLong(SetTransaction::version)
                .max()
                .orElse(-1);
    }

    /** Adds rows. */
    public void append(Table table, Dataset<Row> rows, Write write, TableOption... options) {
        Dataset<Row> added = exists(table) ? rows : Session.in(creating(), rows);
        writer(added, write, SaveMode.Append, options).save(location(table));
    }

    /** For the first version of tables: to list the files before it, Delta would ask Spark for none. */
    private synchronized SparkSession creating() {
        if (creating == null) {
            creating = Session.apart(spark);
            creating.conf().set("spark.databricks.delta.allFilesInCrc.enabled", "false");
        }
        return creating;
    }

    /** Replaces the rows that meet the condition; an empty dataset deletes them. A null condition replaces all. */
    public void replace(Table table, Dataset<Row> rows, String condition, Write write, TableOption... options) {
        if (!exists(table)) {
            append(table, rows, write, options); // to overwrite, Delta would look for rows to delete
            return;
        }
        DataFrameWriter<Row> writer = writer(rows, write, SaveMode.Overwrite, options);
        writer.option(condition == null ? "overwriteSchema" : "replaceWhere", condition == null ? "true" : condition);
        writer.save(location(table));
    }

    /**
     * Replaces all rows by those at hand. They are written by this process, which takes less time than to have Spark write
     * a few.
     */
    public void replaceAll(Table table, List<Row> rows, StructType schema, Write write, TableOption... options) {
        Function1<Object, Object> within = CatalystTypeConverters.createToCatalystConverter(schema);
        replace(table, schema, Optional.empty(), Optional.empty(), write, options, files -> {
            try {
                return files.write(rows.stream()
                        .map(row -> (InternalRow) within.apply(row))
                        .iterator());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /**
     * Replaces the rows of some partitions by others, whose columns mostly repeat the value before: of these, files are
     * written in a fraction of the time that Spark takes.
     *
     * @param rows of other partitions none
     * @param partitions each as column to value; all where absent
     * @param apart rows that {@link #read(Table, Apart)} finds without looking at all
     */
    public void replacePartitions(
            Table table,
            JavaRDD<InternalRow> rows,
            StructType schema,
            Optional<Set<Map<String, String>>> partitions,
            Optional<Apart> apart,
            Write write,
            TableOption... options) {
        replace(table, schema, partitions, apart, write, options, files -> rows.mapPartitions(
                        part -> files.write(part).iterator())
                .collect());
    }

    private void replace(
            Table table,
            StructType schema,
            Optional<Set<Map<String, String>>> partitions,
            Optional<Apart> apart,
            Write write,
            TableOption[] options,
            Function<ColumnFiles, List<Written>> writing) {
        if (lastWrite(table, write.application()) >= write.version()) {
            return;
        }
        List<String> partitionedBy = TableOption.partitions(options);
        Commit commit = new Commit(
                DeltaLog.forTable(spark, location(table)).startTransaction(Option.empty(), Option.empty()),
                schema,
                partitionedBy,
                TableOption.properties(options),
                partitions,
                write);
        ColumnFiles files = new ColumnFiles(
                spark.sessionState().newHadoopConf(),
                location(table),
                schema,
                partitionedBy,
                TableOption.columnsWithStatistics(schema, options),
                spark.conf().get(SQLConf.PARQUET_COMPRESSION().key()),
                apart);
        commit.of(writing.apply(files));
    }

    /**
     * Takes rows out by their keys and adds others, in one commit. Of a table with {@link TableOption#deletionVectors} no
     * other row is written again.
     *
     * @param rows to add, with all columns of the table; not observed ones, which would be written in another session
     * @param condition rows that do not meet it stay. It names partitions by literals, so that others can be written
     *     meanwhile
     * @param column with the keys
     * @param keys those to take out
     */
    public void exchange(Table table, Dataset<Row> rows, String condition, String column, KeyedRows keys, Write write) {
        SparkSession own = Session.apart(spark);
        // what is added need not be what is taken out
        own.conf().set("spark.databricks.delta.replaceWhere.constraintCheck.enabled", "false");
        keys.register(own, "taken_out");
        replace(table, Session.in(own, rows), condition + " and taken_out(" + column + ") is not null", write);
    }

    /**
     * Changes and adds rows in one commit. The table's rows are called {@code old}, those of the changes {@code new}.
     *
     * @param changes all columns of the table, and those the condition and the updates name
     * @param condition an old row that meets it with a new one is updated. It names partitions by literals, so that
     *     others can be written meanwhile
     * @param updates column to SQL expression over {@code new}
     * @param addedIf condition over {@code new}: a row that updates none is added where it is met
     */
    public void merge(
            Table table,
            Dataset<Row> changes,
            String condition,
            Map<String, String> updates,
            String addedIf,
            Write write) {
        SparkSession own = Session.apart(spark);
        own.conf().set("spark.databricks.delta.write.txnAppId", write.application());
        own.conf().set("spark.databricks.delta.write.txnVersion", write.version());
        write.note().ifPresent(note -> own.conf().set("spark.databricks.delta.commitInfo.userMetadata", note));
        DeltaTable target = DeltaTable.forPath(own, location(table));
        Map<String, String> added = new LinkedHashMap<>();
        for (String column : target.toDF().columns()) {
            added.put(column, "new." + column);
        }
        target.as("old")
                .merge(changes.as("new"), condition)
                .whenMatched()
                .updateExpr(updates)
                .whenNotMatched(addedIf)
                .insertExpr(added)
                .execute();
    }

    /** The note of the newest commit that has one; none where the table or its notes are gone. */
    public Optional<String> note(Table table) {
        if (!exists(table)) {
            return Optional.empty();
        }
        DeltaHistoryManager history = DeltaLog.forTable(spark, location(table)).history();
        for (int back = 1; back <= OLDEST_NOTE; back *= NOTES_A_LOOK) {
            Optional<String> newest = JavaConverters.seqAsJavaList(history.getHistory(Option.apply(back))).stream()
                    .map(commit -> commit.userMetadata())
                    .filter(Option::isDefined)
                    .map(Option::get)
                    .findFirst();
            if (newest.isPresent()) {
                return newest;
            }
        }
        return Optional.empty();
    }

    private static DataFrameWriter<Row> writer(Dataset<Row> rows, Write write, SaveMode mode, TableOption... options) {
        DataFrameWriter<Row> writer = rows.write()
                .format("delta")
                .mode(mode)
                .option("txnAppId", write.application())
                .option("txnVersion", write.version());
        write.note().ifPresent(note -> writer.option("userMetadata", note));
        for (TableOption option : options) {
            option.applyTo(writer);
        }
        return writer;
    }
}
