package org.regionaldoughnut.app.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints answers: as a table for eyes, as CSV (RFC 4180), or as one line of JSON, an array of objects. */
public final class Printer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double PLAIN_FROM = 1e-6;
    private static final double PLAIN_TO = 1e15;

    private Printer() {}

    /** Columns as wide as their widest cell, numbers to the right. */
    public static void table(Answer answer, PrintWriter out) {
        List<List<String>> cells = new ArrayList<>();
        int[] widths = answer.columns().stream().mapToInt(Printer::width).toArray();
        for (Map<String, Object> row : answer.rows()) {
            List<String> line = new ArrayList<>();
            for (String column : answer.columns()) {
                String cell = text(row.get(column)).replaceAll("\\s", " ");
                widths[line.size()] = Math.max(widths[line.size()], width(cell));
                line.add(cell);
            }
            cells.add(line);
        }
        boolean[] numbers = new boolean[widths.length];
        List<String> rule = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            String column = answer.columns().get(i);
            numbers[i] = answer.rows().stream()
                    .allMatch(row -> row.get(column) == null || row.get(column) instanceof Number);
            rule.add("-".repeat(widths[i]));
        }
        out.println(line(answer.columns(), widths, numbers));
        out.println(line(rule, widths, numbers));
        cells.forEach(line -> out.println(line(line, widths, numbers)));
        out.flush();
    }

    private static String line(List<String> cells, int[] widths, boolean[] numbers) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            String pad = " ".repeat(widths[i] - width(cells.get(i)));
            line.append(i > 0 ? "  " : "").append(numbers[i] ? pad + cells.get(i) : cells.get(i) + pad);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    /** A header and a line for each row; missing is an empty cell, an empty text is {@code ""}. */
    public static void csv(Answer answer, PrintWriter out) {
        out.print(answer.columns().stream().map(Printer::quoted).collect(Collectors.joining(",")) + "\r\n");
        for (Map<String, Object> row : answer.rows()) {
            out.print(answer.columns().stream()
                            .map(column -> row.get(column) == null ? "" : quoted(text(row.get(column))))
                            .collect(Collectors.joining(","))
                    + "\r\n");
        }
        out.flush();
    }

    private static String quoted(String cell) {
        boolean plain = !cell.isEmpty() && cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    /** An array of objects on one line. */
    public static void json(Answer answer, PrintWriter out) {
        out.println(json(answer.rows()));
        out.flush();
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer has no JSON form", e);
        }
    }

    private static String text(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            double size = Math.abs(number);
            boolean plain = size == 0 || size >= PLAIN_FROM && size < PLAIN_TO;
            BigDecimal decimal = BigDecimal.valueOf(number).stripTrailingZeros();
            return plain ? decimal.toPlainString() : decimal.toString();
        }
        return value instanceof List || value instanceof Map ? json(value) : value.toString();
    }
}
