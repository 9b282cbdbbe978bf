package org.regionaldoughnut.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Sheet;
import org.regionaldoughnut.office.Format;

/**
 * One sheet of an XLSX workbook. A workbook cannot be split: it is read here and its rows handed to Spark. Numbers are
 * taken as the workbook stores them, not as it shows them.
 */
final class Spreadsheet implements Reader {
    private final SparkSession spark;
    private final Format format;

    Spreadsheet(SparkSession spark, Format format) {
        this.spark = spark;
        this.format = format;
    }

    @Override
    public Received read(Receipt receipt) {
        if (receipt.bytes() == 0) {
            throw Refusal.empty(receipt.file());
        }
        List<List<String>> above = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        Header header = null;
        int seen = 0;
        try (InputStream in = new ByteArrayInputStream(readAll(receipt));
                ReadableWorkbook workbook = new ReadableWorkbook(in)) {
            Sheet sheet = sheet(workbook, receipt);
            try (Stream<org.dhatim.fastexcel.reader.Row> stream = sheet.openStream()) {
                for (var row : (Iterable<org.dhatim.fastexcel.reader.Row>) stream::iterator) {
                    seen = row.getRowNum();
                    if (seen < format.headerLine()) {
                        above.add(Arrays.asList(cells(row, columnsOf(row))));
                    } else if (seen == format.headerLine()) {
                        header = Header.of(Arrays.asList(cells(row, columnsOf(row))), above);
                    } else if (header != null) {
                        String[] cells = cells(row, new int[] {
                            firstColumn(), firstColumn() + header.columns().size()
                        });
                        if (isFooter(cells)) {
                            break;
                        }
                        if (Arrays.stream(cells).anyMatch(c -> c != null)) {
                            rows.add(row(seen, cells, header));
                        }
                    }
                }
            }
        } catch (IOException | ExcelReaderException e) {
            throw Refusal.notASpreadsheet(receipt.file(), String.valueOf(e.getMessage()));
        }
        if (header == null || header.names().isEmpty()) {
            throw Refusal.noHeader(receipt.file(), format.headerLine(), seen);
        }
        return Received.lines(spark.createDataFrame(rows, DelimitedText.schemaOf(header.names())), header);
    }

    private static Row row(long line, String[] cells, Header header) {
        Object[] values = new Object[header.names().size() + 2];
        values[0] = line;
        int at = 2;
        for (String name : header.names()) {
            values[at++] = Cells.trimmed(cells[header.positions().get(name) - 1]);
        }
        return RowFactory.create(values);
    }

    private static byte[] readAll(Receipt receipt) throws IOException {
        try (InputStream in = Content.of(receipt).open()) {
            return in.readAllBytes();
        }
    }

    private Sheet sheet(ReadableWorkbook workbook, Receipt receipt) {
        if (format.sheet().isEmpty()) {
            return workbook.getFirstSheet();
        }
        List<String> names = workbook.getSheets().map(Sheet::getName).toList();
        return workbook.findSheet(format.sheet().get())
                .orElseThrow(
                        () -> Refusal.noSheet(receipt.file(), format.sheet().get(), names));
    }

    /** A note under the table may stand in any cell of the block; those beside it belong to other tables. */
    private boolean isFooter(String[] cells) {
        return format.footer().isPresent()
                && Arrays.stream(cells)
                        .anyMatch(cell -> cell != null
                                && cell.matches("(?s)(?:" + format.footer().get() + ").*"));
    }

    private int[] columnsOf(org.dhatim.fastexcel.reader.Row row) {
        if (format.columns().isEmpty()) {
            return new int[] {0, row.getCellCount()};
        }
        String[] ends = format.columns().get().split(":");
        return new int[] {columnNumber(ends[0]), columnNumber(ends[1]) + 1};
    }

    private int firstColumn() {
        return format.columns().map(block -> columnNumber(block.split(":")[0])).orElse(0);
    }

    private static int columnNumber(String letters) {
        int number = 0;
        for (char letter : letters.strip().toCharArray()) {
            number = number * 26 + (letter - 'A' + 1);
        }
        return number - 1;
    }

    private static String[] cells(org.dhatim.fastexcel.reader.Row row, int[] range) {
        String[] cells = new String[range[1] - range[0]];
        for (int i = range[0]; i < range[1]; i++) {
            Cell cell = i < row.getCellCount() ? row.getCell(i) : null;
            if (cell != null && cell.getType() != CellType.EMPTY) {
                String text = cell.getType() == CellType.NUMBER ? cell.getRawValue() : cell.getText();
                cells[i - range[0]] = text == null || text.isBlank() ? null : text.strip();
            }
        }
        return cells;
    }
}
