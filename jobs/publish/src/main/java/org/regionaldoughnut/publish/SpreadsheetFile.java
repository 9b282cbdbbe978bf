package org.regionaldoughnut.publish;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** A table as a spreadsheet: the figures on one sheet, what the columns mean on the next. Texts are never formulas. */
final class SpreadsheetFile implements AutoCloseable {
    /** Rows of a sheet of Excel, the header counted. */
    static final int MOST = 1_048_576;

    private static final int FLUSH = 500;

    private final OutputStream out;
    private final Workbook workbook;
    private final Worksheet sheet;
    private final List<ReleaseColumn> columns;
    private int row;

    SpreadsheetFile(Path file, String table, List<ReleaseColumn> columns) throws IOException {
        this.out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        this.workbook = new Workbook(out, "Regional Doughnut", "1.0");
        this.sheet = workbook.newWorksheet(table);
        this.columns = columns;
        sheet.freezePane(0, 1);
        for (int i = 0; i < columns.size(); i++) {
            sheet.value(0, i, columns.get(i).name());
            sheet.style(0, i).bold().set();
        }
        row = 1;
    }

    void row(List<Object> values) throws IOException {
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value instanceof Number number) {
                sheet.value(row, i, number);
            } else if (value instanceof Boolean truth) {
                sheet.value(row, i, truth);
            } else if (value instanceof Instant time) {
                sheet.value(row, i, time.toString());
            } else if (value != null) {
                sheet.value(row, i, printable(value.toString()));
            }
        }
        row++;
        if (row % FLUSH == 0) {
            sheet.flush();
        }
    }

    /** Control characters have no place in XML. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\t\\n\\r]]", " ");
    }

    @Override
    public void close() throws IOException {
        sheet.finish();
        Worksheet about = workbook.newWorksheet("columns");
        List<String> header = List.of("column", "type", "unit", "codelist", "description");
        for (int i = 0; i < header.size(); i++) {
            about.value(0, i, header.get(i));
            about.style(0, i).bold().set();
        }
        int line = 1;
        for (ReleaseColumn column : columns) {
            about.value(line, 0, column.name());
            about.value(line, 1, column.contract().type());
            about.value(line, 2, column.contract().unit().orElse(""));
            about.value(line, 3, column.contract().codelist().orElse(""));
            about.value(line, 4, column.contract().description());
            line++;
        }
        about.finish();
        workbook.finish();
        out.close();
    }
}
