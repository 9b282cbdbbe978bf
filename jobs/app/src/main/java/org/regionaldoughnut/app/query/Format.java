package org.regionaldoughnut.app.query;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How an answer is given. */
public enum Format {
    TABLE,
    CSV,
    JSON,
    PARQUET;

    /** The format of that name, which is printed. */
    static Format of(String name) {
        List<String> printed = List.of("table", "csv", "json");
        if (!printed.contains(name.toLowerCase(Locale.ROOT))) {
            throw QueryProblem.unknownFormat(name, printed);
        }
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Prints the answer; Parquet is no text and goes to a file. */
    public void print(Answer answer, PrintWriter out) {
        switch (this) {
            case TABLE -> Printer.table(answer, out);
            case CSV -> Printer.csv(answer, out);
            case JSON -> Printer.json(answer, out);
            case PARQUET -> throw QueryProblem.unknownFormat("parquet", Arrays.asList("table", "csv", "json"));
        }
    }
}
