package org.regionaldoughnut.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.decode;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.from_csv;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.lake.Session;
import org.regionaldoughnut.office.Format;

/**
 * Delimited text, split by Spark into blocks that are read in parallel. The number of a line is the number of lines
 * in earlier blocks, counted while the file was hashed, and its place in its own block.
 */
final class DelimitedText {
    private static final String TEXT = "__text";
    private static final String CELLS = "__cells";
    private static final long ROWS_IN_PARTITION = (1L << 33) - 1;

    private final SparkSession spark;
    private final Format format;

    /** @param blockBytes the size of blocks the receipts were made with */
    DelimitedText(SparkSession spark, long blockBytes, Format format) {
        this.spark = Session.apart(spark);
        this.format = format;
        // a file opened costs as much as a block: then no partition holds more than one block
        this.spark.conf().set("spark.sql.files.maxPartitionBytes", blockBytes);
        this.spark.conf().set("spark.sql.files.openCostInBytes", blockBytes);
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
        Column text = format.encoding().equals("UTF-8")
                ? col("value")
                : decode(col("value").cast("binary"), format.encoding());
        Dataset<Row> lines = spark.read()
                .text(new org.apache.hadoop.fs.Path(receipt.file().toUri()).toString())
                .select(
                        text.as(TEXT),
                        linesBefore(receipt)
                                .plus(monotonically_increasing_id().bitwiseAND(lit(ROWS_IN_PARTITION)))
                                .plus(lit(1L))
                                .as(Received.LINE))
                .where(col(Received.LINE)
                        .gt(lit(format.headerLine()))
                        .and(length(trim(col(TEXT), "\r\t ")).gt(lit(0))));
        return cells(lines, header);
    }

    private Column linesBefore(Receipt receipt) {
        if (receipt.isCompressed() || receipt.linesBefore().size() == 1) {
            return lit(0L);
        }
        List<Column> entries = new ArrayList<>();
        receipt.linesBefore().forEach((start, lines) -> {
            entries.add(lit(start.longValue()));
            entries.add(lit(lines.longValue()));
        });
        return element_at(map(entries.toArray(Column[]::new)), col("_metadata.file_block_start"));
    }

    private Dataset<Row> cells(Dataset<Row> lines, Header header) {
        Map<String, String> options = new HashMap<>();
        options.put("sep", format.delimiter());
        options.put("quote", format.quote());
        options.put("escape", format.quote());
        options.put("ignoreLeadingWhiteSpace", "true");
        options.put("ignoreTrailingWhiteSpace", "true");
        options.put("mode", "PERMISSIVE");
        options.put("columnNameOfCorruptRecord", Received.MALFORMED);
        StructType schema = new StructType();
        for (String column : header.columns()) {
            schema = schema.add(column, DataTypes.StringType);
        }
        schema = schema.add(Received.MALFORMED, DataTypes.StringType);
        Dataset<Row> parsed = lines.select(
                col(Received.LINE),
                col(TEXT),
                from_csv(col(TEXT), lit(schema.toDDL()), options).as(CELLS));
        Column quotes = length(col(TEXT))
                .minus(length(regexp_replace(col(TEXT), java.util.regex.Pattern.quote(format.quote()), "")));
        Column unclosed =
                col(TEXT).contains(format.quote()).and(quotes.mod(lit(2)).equalTo(lit(1)));
        Column malformed = when(unclosed, lit("a quote is opened and not closed on this line"))
                .when(
                        coalesce(col(CELLS).getField(Received.MALFORMED), lit(""))
                                .notEqual(lit("")),
                        concat(
                                lit("the header has " + header.columns().size()
                                        + " cells, this line has another number: "),
                                org.apache.spark.sql.functions.substring(col(TEXT), 1, 200)));
        List<Column> columns = new ArrayList<>();
        columns.add(col(Received.LINE));
        columns.add(malformed.as(Received.MALFORMED));
        for (String name : header.names()) {
            columns.add(col(CELLS).getField(name).as(name));
        }
        return withoutFooter(parsed.select(columns.toArray(Column[]::new)), header.names());
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
            begins = begins.or(coalesce(Mapping.received(name).rlike(footer), lit(false)));
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
            String cell = position < cells.length && cells[position] != null ? cells[position].strip() : "";
            values[at++] = cell.isEmpty() ? null : cell;
        }
        return RowFactory.create(values);
    }

    private CsvParserSettings settings() {
        CsvParserSettings settings = new CsvParserSettings();
        settings.getFormat().setDelimiter(format.delimiter());
        settings.getFormat().setQuote(format.quote().charAt(0));
        settings.getFormat().setQuoteEscape(format.quote().charAt(0));
        settings.getFormat().setComment('\0');
        settings.setMaxCharsPerColumn(-1);
        settings.setMaxColumns(20_480);
        settings.setLineSeparatorDetectionEnabled(true);
        return settings;
    }
}
