package org.regionaldoughnut.ingest;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.TableOption;
import org.regionaldoughnut.lake.Union;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.Source;

/**
 * Reads files of a source into {@code raw.<source>}: {@code batch, file, line, cell, received, series, action},
 * then the columns of the contract. What cannot be parsed goes to {@code quarantine.<source>} with stage {@code parse}.
 */
public final class Ingest {
    private final Lake lake;

    public Ingest(Lake lake) {
        this.lake = lake;
    }

    /**
     * Reads the files, all of them or none.
     *
     * @param reread batches that are in the table already, read under an older mapping: their rows are replaced
     * @throws org.regionaldoughnut.model.DoughnutException where a file as a whole cannot be taken
     */
    public IngestResult read(
            Source source, Contract contract, List<Receipt> receipts, boolean reread, String run, Write write) {
        try {
            return readAll(source, contract, receipts, reread, run, write);
        } catch (Exception e) {
            // Spark throws its checked exceptions undeclared
            throw Refusal.unwrapped(e, receipts.stream().map(Receipt::name).collect(Collectors.joining(", ")));
        }
    }

    private IngestResult readAll(
            Source source, Contract contract, List<Receipt> receipts, boolean reread, String run, Write write) {
        List<Dataset<Row>> mapped = new ArrayList<>();
        List<Dataset<Row>> kept = new ArrayList<>();
        List<CellCount> counts = new ArrayList<>();
        for (Receipt receipt : receipts) {
            Dataset<Row> rows = mapped(source, contract, receipt);
            CellCount count = new CellCount(lake.spark().sparkContext());
            mapped.add(identified(rows, source, contract, receipt, List.of(Mapping.REASON)));
            kept.add(identified(rows.where(count.keeps(col(Mapping.REASON))), source, contract, receipt, List.of()));
            counts.add(count);
        }
        Table raw = Table.raw(source.id());
        TableOption[] options = {TableOption.statisticsOn("batch"), TableOption.newColumnsAllowed()};
        if (reread) {
            lake.replace(raw, Union.of(kept), oneOf(receipts), write, options);
        } else {
            lake.append(raw, Union.of(kept), write, options);
        }
        return account(source, receipts, Union.of(mapped), counts, reread, run, write);
    }

    private IngestResult account(
            Source source,
            List<Receipt> receipts,
            Dataset<Row> all,
            List<CellCount> counts,
            boolean reread,
            String run,
            Write write) {
        List<IngestResult.BatchCount> batches = new ArrayList<>();
        long in = 0;
        long quarantined = 0;
        for (int i = 0; i < receipts.size(); i++) {
            Receipt receipt = receipts.get(i);
            long mine = counts.get(i).in();
            long out = counts.get(i).out();
            batches.add(new IngestResult.BatchCount(receipt.batch(), receipt.name(), receipt.bytes(), mine, out));
            in += mine;
            quarantined += out;
        }
        Table table = Table.quarantine(source.id());
        boolean before = reread && lake.exists(table);
        if (quarantined > 0 || before) {
            Dataset<Row> rejected = all.where(col(Mapping.REASON).isNotNull())
                    .select(
                            col("batch"),
                            col("file"),
                            col("line"),
                            col("cell"),
                            col(Mapping.RECEIVED),
                            lit("parse").as("stage"),
                            lit("rejected").as("action"),
                            lit("parse").as("rule"),
                            col(Mapping.REASON).as("message"),
                            lit(run).as("run"));
            if (before) {
                lake.replace(table, rejected, "stage = 'parse' and " + oneOf(receipts), write);
            } else {
                lake.append(table, rejected, write);
            }
        }
        return new IngestResult(batches, in, in - quarantined, quarantined, lake.version(Table.raw(source.id())));
    }

    /**
     * What the mapping makes of one file, for a look at it: the columns of {@code raw.<source>} and {@code reason}, why
     * a cell cannot be kept (null where it can). Nothing is written.
     */
    public Dataset<Row> preview(Source source, Contract contract, Receipt receipt) {
        try {
            Dataset<Row> rows = mapped(source, contract, receipt);
            return identified(rows, source, contract, receipt, List.of(Mapping.REASON))
                    .withColumnRenamed(Mapping.REASON, "reason");
        } catch (Exception e) {
            throw Refusal.unwrapped(e, receipt.name());
        }
    }

    private Dataset<Row> mapped(Source source, Contract contract, Receipt receipt) {
        Received received =
                HeaderDrift.settled(Reader.of(lake.spark(), source.format()).read(receipt), source, receipt);
        Mapping mapping = new Mapping(source, contract, receipt, received);
        try {
            return mapping.apply();
        } catch (Exception e) {
            if (e instanceof AnalysisException analysis) {
                throw mapping.unresolved(analysis);
            }
            throw e;
        }
    }

    /** The rows with the identity of their file and series, in the order of the table. */
    private static Dataset<Row> identified(
            Dataset<Row> rows, Source source, Contract contract, Receipt receipt, List<String> further) {
        List<Column> columns = new ArrayList<>(List.of(
                lit(receipt.batch()).as("batch"),
                lit(receipt.name()).as("file"),
                col("line"),
                col("cell"),
                col(Mapping.RECEIVED),
                (source.seriesFrom().isPresent() ? col(Mapping.SERIES) : lit(source.series())).as("series"),
                col(Mapping.ACTION)));
        contract.columnNames().forEach(name -> columns.add(col(name)));
        further.forEach(name -> columns.add(col(name)));
        return rows.select(columns.toArray(Column[]::new));
    }

    private static String oneOf(List<Receipt> receipts) {
        return receipts.stream()
                .map(receipt -> "'" + receipt.batch() + "'")
                .collect(Collectors.joining(", ", "batch in (", ")"));
    }
}
