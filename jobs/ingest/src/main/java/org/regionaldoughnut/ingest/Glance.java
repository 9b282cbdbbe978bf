package org.regionaldoughnut.ingest;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Sheet;
import org.regionaldoughnut.office.Format;

/** A look at a received file that no source describes yet: its first bytes, its first lines or its first rows. */
public final class Glance {
    private static final long BLOCK = 64L << 20;

    private final Receipt receipt;

    private Glance(Receipt receipt) {
        this.receipt = receipt;
    }

    /**
     * @param member name, or pattern of names, within a ZIP archive; the first that fits is looked at
     * @throws org.regionaldoughnut.model.DoughnutException where the archive is broken or has no such member
     */
    public static Glance at(Path file, Optional<String> member) {
        String name = member.isPresent() || file.toString().endsWith(".zip")
                ? Archive.members(file, member).get(0)
                : "";
        try {
            return new Glance(new Receipt(file, name, "", Files.size(file), BLOCK));
        } catch (IOException e) {
            throw Refusal.unreadable(file, String.valueOf(e.getMessage()));
        }
    }

    /** Name of the member of the archive, empty for a file of its own. */
    public String member() {
        return receipt.member();
    }

    /** The first bytes of the content, archives and compression undone. */
    public byte[] beginning(int most) {
        Content content = Content.of(receipt);
        try (InputStream in = content.open()) {
            return in.readNBytes(most);
        } catch (IOException e) {
            throw Refusal.damaged(content, e);
        }
    }

    /**
     * Lines of a sheet.
     *
     * @param lines cells by line of the sheet, from its first; empty cells are empty texts
     */
    public record Lines(String sheet, List<List<String>> lines) {}

    /** The first lines of each sheet of a workbook. */
    public List<Lines> sheets(int most) {
        List<Lines> sheets = new ArrayList<>();
        try (InputStream in = Content.of(receipt).open();
                ReadableWorkbook workbook = new ReadableWorkbook(in)) {
            for (Sheet sheet : workbook.getSheets().toList()) {
                List<List<String>> lines = new ArrayList<>();
                try (Stream<org.dhatim.fastexcel.reader.Row> rows = sheet.openStream()) {
                    for (var row : (Iterable<org.dhatim.fastexcel.reader.Row>) rows::iterator) {
                        while (lines.size() < Math.min(most, row.getRowNum() - 1)) {
                            lines.add(List.of());
                        }
                        if (lines.size() == most) {
                            break;
                        }
                        lines.add(cells(row));
                    }
                }
                sheets.add(new Lines(sheet.getName(), lines));
            }
        } catch (IOException | RuntimeException e) {
            // the library meets a broken workbook with whatever exception comes first
            throw Refusal.notASpreadsheet(receipt.file(), String.valueOf(e.getMessage()));
        }
        return sheets;
    }

    private static List<String> cells(org.dhatim.fastexcel.reader.Row row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.getCellCount(); i++) {
            Cell cell = row.getCell(i);
            String text = cell == null || cell.getType() == CellType.EMPTY
                    ? null
                    : cell.getType() == CellType.NUMBER ? cell.getRawValue() : cell.getText();
            cells.add(text == null ? "" : text.strip());
        }
        return cells;
    }

    /**
     * Rows as the reader of the format shows them.
     *
     * @param rows received texts by column; empty cells are empty texts
     */
    public record Table(List<String> names, List<Map<String, String>> rows) {}

    /** All rows as the reader of the format shows them, one text column for each of its columns. */
    public Dataset<Row> rows(SparkSession spark, Format format) {
        Received received = Reader.of(spark, format).read(receipt);
        List<Column> columns = new ArrayList<>(List.of(col(Received.LINE), col(Received.MALFORMED)));
        received.names().forEach(name -> columns.add(Received.column(name)));
        return received.rows().select(columns.toArray(Column[]::new));
    }

    /** The first rows, read in the way of the format. */
    public Table table(SparkSession spark, Format format, int most) {
        try {
            Received received = Reader.of(spark, format).read(receipt);
            List<Map<String, String>> rows = new ArrayList<>();
            for (Row row : received.rows().limit(most).collectAsList()) {
                Map<String, String> cells = new LinkedHashMap<>();
                for (String name : received.names()) {
                    String text = row.getAs(name);
                    cells.put(name, text == null ? "" : text);
                }
                rows.add(cells);
            }
            return new Table(received.names(), rows);
        } catch (Exception e) {
            // Spark throws its checked exceptions undeclared
            throw Refusal.unwrapped(e, receipt.name());
        }
    }
}
