package org.regionaldoughnut.app.source;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.regionaldoughnut.ingest.Glance;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Format;

/** Tells the format of a file by its first bytes and takes some rows. */
final class Sampling {
    private static final Pattern EUROSTAT = Pattern.compile("[A-Za-z0-9_]+(,[A-Za-z0-9_]+)*\\\\[A-Za-z0-9_]+\\s*\t.*");
    private static final Pattern SDMX = Pattern.compile("\"?(STRUCTURE|DATAFLOW)(\\[.{1,2}])?\"?[,;\t].*");
    private static final int BYTES = 1 << 22;
    private static final int ROWS = 20_000;

    private final Path file;
    private final Glance glance;
    private final Supplier<SparkSession> spark;

    /** @param spark asked for where a format is read by Spark alone */
    Sampling(Path file, Optional<String> member, Supplier<SparkSession> spark) {
        this.file = file;
        this.glance = isNamed(".xlsx") ? Glance.at(file, Optional.empty()) : Glance.at(file, member);
        this.spark = spark;
    }

    private boolean isNamed(String suffix) {
        return file.toString().toLowerCase(java.util.Locale.ROOT).endsWith(suffix);
    }

    ReceivedSample take() {
        ReceivedSample sample = sample();
        if (glance.member().isEmpty()) {
            return sample;
        }
        Map<String, String> format = new LinkedHashMap<>(sample.format());
        format.put("member", Proposal.text(glance.member()));
        return new ReceivedSample(format, sample.names(), sample.rows(), sample.preamble(), sample.reasons());
    }

    private ReceivedSample sample() {
        byte[] bytes = glance.beginning(BYTES);
        if (bytes.length == 0) {
            throw refused("it is empty", "Fetch it again");
        }
        if (begins(bytes, "PAR1")) {
            return table("parquet", "the first bytes are those of Parquet");
        }
        if (begins(bytes, "PK\u0003\u0004")) {
            return workbook();
        }
        for (int i = 0; i < Math.min(bytes.length, 1024); i++) {
            if (bytes[i] == 0) {
                throw refused(
                        "it is neither text nor a workbook nor Parquet",
                        "Convert it, or ask the publisher for a format that 'format.kind' lists");
            }
        }
        TextHead head = TextHead.of(bytes, bytes.length == BYTES);
        String start = head.lines().get(0).strip();
        if (start.startsWith("{")) {
            boolean lines = start.endsWith("}")
                    && (head.lines().size() == 1
                            || head.lines().get(1).isBlank()
                            || head.lines().get(1).startsWith("{"));
            boolean cube = new String(bytes, StandardCharsets.UTF_8).contains("\"dimension\"");
            return !lines || cube
                    ? table("json-stat", "one JSON object with dimensions: JSON-stat")
                    : table("json-lines", "each line is a JSON object");
        }
        ReceivedSample text = text(head);
        if (bytes.length < BYTES) {
            return text;
        }
        List<String> reasons = new ArrayList<>(text.reasons());
        reasons.add("only the first " + (BYTES >> 20) + " MB were looked at: codes that come later are not below");
        return new ReceivedSample(text.format(), text.names(), text.rows(), text.preamble(), reasons);
    }

    private static boolean begins(byte[] bytes, String with) {
        return new String(bytes, 0, Math.min(bytes.length, with.length()), StandardCharsets.ISO_8859_1).equals(with);
    }

    private ReceivedSample table(String kind, String reason) {
        Glance.Table table = glance.table(spark.get(), Format.of(kind), ROWS);
        return new ReceivedSample(Map.of("kind", kind), table.names(), table.rows(), List.of(), List.of(reason));
    }

    /** The sheet with most lines below a header; of tables side by side the first. */
    private ReceivedSample workbook() {
        Glance.Lines best = null;
        int most = 0;
        for (Glance.Lines sheet : glance.sheets(ROWS)) {
            int filled = (int) sheet.lines().stream()
                    .filter(line -> HeaderSearch.filled(line) > 0)
                    .count();
            if (filled > most && HeaderSearch.agreeing(sheet.lines()) > 0) {
                best = sheet;
                most = filled;
            }
        }
        if (best == null) {
            throw refused("none of its sheets holds a table", "Write the source by hand");
        }
        int header = HeaderSearch.line(best.lines());
        List<String> names = best.lines().get(header - 1);
        int from = 0;
        while (names.get(from).isEmpty()) {
            from++;
        }
        int to = from;
        while (to < names.size() && !names.get(to).isEmpty()) {
            to++;
        }
        Map<String, String> format = new LinkedHashMap<>();
        format.put("kind", "xlsx");
        format.put("sheet", Proposal.text(best.sheet()));
        List<String> reasons = new ArrayList<>(List.of("a workbook; the sheet '" + best.sheet() + "' has most rows"));
        if (from > 0 || to < names.size()) {
            format.put("columns", letters(from) + ":" + letters(to - 1));
            reasons.add("columns " + letters(from) + " to " + letters(to - 1) + ": the header has a gap beside them");
        }
        List<List<String>> lines = new ArrayList<>();
        for (List<String> line : best.lines()) {
            List<String> cells = new ArrayList<>();
            for (int i = from; i < to; i++) {
                cells.add(i < line.size() ? line.get(i) : "");
            }
            lines.add(cells);
        }
        reasons.add("line " + header + " has the most names");
        return ReceivedSample.below(header, lines, format, reasons);
    }

    private static String letters(int column) {
        return (column < 26 ? "" : String.valueOf((char) ('A' + column / 26 - 1))) + (char) ('A' + column % 26);
    }

    private ReceivedSample text(TextHead head) {
        Map<String, String> encoding = head.encoding().equals("UTF-8") ? Map.of() : Map.of("encoding", head.encoding());
        String first = head.lines().get(0);
        if (EUROSTAT.matcher(first).matches()) {
            return EurostatSample.of(head.lines(), encoding);
        }
        if (SDMX.matcher(first).matches()) {
            char delimiter = first.contains(";") && !first.contains(",") ? ';' : ',';
            List<String> reasons = List.of("the first column is STRUCTURE or DATAFLOW: SDMX-CSV");
            return ReceivedSample.below(
                    1, cut(head.lines(), delimiter), format("sdmx-csv", delimiter, encoding), reasons);
        }
        char delimiter = ',';
        int most = 0;
        for (char candidate : new char[] {',', ';', '\t', '|'}) {
            int agreeing = HeaderSearch.agreeing(cut(head.lines(), candidate));
            if (agreeing > most) {
                most = agreeing;
                delimiter = candidate;
            }
        }
        List<List<String>> lines = cut(head.lines(), delimiter);
        int header = HeaderSearch.line(lines);
        List<String> reasons = new ArrayList<>();
        reasons.add(most + " of the first lines have equally many cells when cut at '"
                + (delimiter == '\t' ? "TAB" : delimiter) + "'");
        if (header > 1) {
            reasons.add("line " + header + " is as wide as the lines below and has the most names");
        }
        return ReceivedSample.below(
                header, lines, format(delimiter == '\t' ? "tsv" : "csv", delimiter, encoding), reasons);
    }

    private static Map<String, String> format(String kind, char delimiter, Map<String, String> encoding) {
        Map<String, String> format = new LinkedHashMap<>();
        format.put("kind", kind);
        if (delimiter != ',' && delimiter != '\t') {
            format.put("delimiter", Proposal.text(String.valueOf(delimiter)));
        }
        format.putAll(encoding);
        return format;
    }

    private static List<List<String>> cut(List<String> lines, char delimiter) {
        return lines.stream().map(line -> Cut.cells(line, delimiter)).toList();
    }

    private DoughnutException refused(String why, String remedy) {
        return new DoughnutException(
                ExitCode.CONFIGURATION, "Cannot propose a source for " + file + ": " + why + ". " + remedy + ".");
    }
}
