package org.regionaldoughnut.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.lake.Session;
import org.regionaldoughnut.office.Format;

/**
 * Delimited text, split by Spark into blocks that are read in parallel. The number of a line is the number of lines
 * in earlier blocks, counted while the file was hashed, and its place in its own block.
 */
final class DelimitedText {
    private final SparkSession spark;
    private final Format format;

    DelimitedText(SparkSession spark, Format format) {
        this.spark = spark;
        this.format = format;
    }

    Received read(Receipt receipt) {
        receipt.requireText();
        Header header = header(receipt);
        Dataset<Row> rows = format.multiline() ? inOneTask(receipt, header) : inBlocks(receipt, header);
        return new Received(rows, header.names(), header.positions(), header.preamble());
    }

    private Header header(Receipt receipt) {
        List<List<String>> lines = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(receipt.open(), Charset.forName(format.encoding())))) {
            CsvParser parser = new CsvParser(settings());
            String line = reader.readLine();
            while (line != null && lines.size() < format.headerLine()) {
                String[] cells = line.isBlank() ? new String[0] : parser.parseLine(line.replace("\uFEFF", ""));
                lines.add(cells == null ? List.of() : Arrays.asList(cells));
                line = lines.size() < format.headerLine() ? reader.readLine() : null;
            }
        } catch (IOException e) {
            throw Refusal.unreadable(receipt.file(), e.getMessage());
        }
        if (lines.size() < format.headerLine()
                || lines.get(format.headerLine() - 1).isEmpty()) {
            throw Refusal.noHeader(receipt.file(), format.headerLine(), lines.size());
        }
        return Header.of(lines.get(format.headerLine() - 1), lines.subList(0, format.headerLine() - 1));
    }

    private Dataset<Row> inBlocks(Receipt receipt, Header header) {
        SparkSession blocks = Session.apart(spark);
        // a file opened costs as much as a block: then no partition holds more than one block
        blocks.conf().set("spark.sql.files.maxPartitionBytes", receipt.blockBytes());
        blocks.conf().set("spark.sql.files.openCostInBytes", receipt.blockBytes());
        JavaRDD<InternalRow> lines = blocks.read()
                .text(new org.apache.hadoop.fs.Path(receipt.file().toUri()).toString())
                .queryExecution()
                .toRdd()
                .toJavaRDD();
        JavaRDD<InternalRow> rows = lines.mapPartitions(new LineSplitter(format, header, receipt));
        return withoutFooter(
                spark.internalCreateDataFrame(rows.rdd(), schemaOf(header.names()), false), header.names());
    }

    /** The footer ends the data: its first line is looked for, which reads the file once more. */
    private Dataset<Row> withoutFooter(Dataset<Row> rows, List<String> names) {
        if (format.footer().isEmpty()) {
            return rows;
        }
        String footer = "^(?:" + format.footer().get().replaceFirst("^\\^", "") + ")";
        Column begins = coalesce(
                col(Received.MALFORMED).rlike("(?:line has another number: )" + footer.substring(1)), lit(false));
        for (String name : names) {
            begins = begins.or(coalesce(col("`" + name.replace("`", "``") + "`").rlike(footer), lit(false)));
        }
        Row first = rows.where(begins)
                .agg(org.apache.spark.sql.functions.min(Received.LINE))
                .head();
        return first.isNullAt(0) ? rows : rows.where(col(Received.LINE).lt(lit(first.getLong(0))));
    }

    /** Cells with line breaks in them cannot be found from the middle of a file. */
    private Dataset<Row> inOneTask(Receipt receipt, Header header) {
        List<Row> rows = new ArrayList<>();
        CsvParserSettings settings = settings();
        settings.setNumberOfRowsToSkip(format.headerLine());
        CsvParser parser = new CsvParser(settings);
        try (Reader reader = new InputStreamReader(receipt.open(), Charset.forName(format.encoding()))) {
            parser.beginParsing(reader);
            long line = parser.getContext().currentLine() + 1;
            for (String[] cells = parser.parseNext(); cells != null; cells = parser.parseNext()) {
                rows.add(row(line, cells, header));
                line = parser.getContext().currentLine() + 1;
            }
        } catch (IOException e) {
            throw Refusal.unreadable(receipt.file(), e.getMessage());
        }
        return withoutFooter(spark.createDataFrame(rows, schemaOf(header.names())), header.names());
    }

    static StructType schemaOf(List<String> names) {
        StructType schema =
                new StructType().add(Received.LINE, DataTypes.LongType).add(Received.MALFORMED, DataTypes.StringType);
        for (String name : names) {
            schema = schema.add(name, DataTypes.StringType);
        }
        return schema;
    }

    /** A row of {@link #schemaOf}. */
    static Row row(long line, String[] cells, Header header) {
        Object[] values = new Object[header.names().size() + 2];
        values[0] = line;
        if (cells.length != header.columns().size()) {
            values[1] = "the header has " + header.columns().size() + " cells, this line has " + cells.length;
        }
        int at = 2;
        for (String name : header.names()) {
            int position = header.positions().get(name) - 1;
            values[at++] = position < cells.length ? trimmed(cells[position]) : null;
        }
        return RowFactory.create(values);
    }

    /** The cell without blanks around it, no-break spaces included; null where nothing is left. */
    static String trimmed(String cell) {
        if (cell == null) {
            return null;
        }
        int begin = 0;
        int end = cell.length();
        while (begin < end && isBlank(cell.charAt(begin))) {
            begin++;
        }
        while (begin < end && isBlank(cell.charAt(end - 1))) {
            end--;
        }
        return begin == end ? null : cell.substring(begin, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\u00a0' || Character.isWhitespace(c);
    }

    private CsvParserSettings settings() {
        return settings(format.delimiter(), format.quote().charAt(0));
    }

    static CsvParserSettings settings(String delimiter, char quote) {
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setDelimiter(delimiter);
        settings.getFormat().setQuote(quote);
        settings.getFormat().setQuoteEscape(quote);
        settings.getFormat().setComment('\0');
        settings.setMaxCharsPerColumn(-1);
        settings.setMaxColumns(20_480);
        settings.setLineSeparatorDetectionEnabled(true);
        return settings;
    }
}
