package org.regionaldoughnut.app.query;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.NearMiss;

/** Questions one after another: a statement ends with a semicolon, a command begins with a dot. */
public final class Prompt {
    private static final List<String> COMMANDS = List.of(".help", ".tables", ".schema", ".format", ".quit");
    private static final String HELP =
            """
            A question ends with a semicolon and may go over several lines.
              .tables            the tables there are
              .schema TABLE      columns of a table, and what they mean
              .format FORMAT     table, csv or json
              .help              this help
              .quit              ends (also Ctrl-D)""";

    private final Question question;
    private final BufferedReader in;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean talks;
    private Format format;

    /** @param talks whether someone is there who reads a prompt */
    public Prompt(
            Question question, BufferedReader in, PrintWriter out, PrintWriter err, boolean talks, Format format) {
        this.question = question;
        this.in = in;
        this.out = out;
        this.err = err;
        this.talks = talks;
        this.format = format;
    }

    /**
     * Answers until the input ends. Where someone sits before it, a question that fails is told and the next one asked.
     *
     * @throws DoughnutException where nobody does, and a question fails
     */
    public void run() {
        if (talks) {
            say("Ask in SQL; .help tells more. Tables: " + String.join(", ", question.tables()) + ".\n");
        }
        StringBuilder statement = new StringBuilder();
        for (Optional<String> line = next("> "); line.isPresent(); line = next(statement.isEmpty() ? "> " : "  ")) {
            String text = line.get().strip();
            if (statement.isEmpty() && (text.equals(".quit") || text.equals(".exit"))) {
                return;
            }
            if (statement.isEmpty() && text.startsWith(".")) {
                guarded(() -> command(text));
            } else if (!text.isEmpty()) {
                statement.append(line.get()).append('\n');
                if (text.endsWith(";")) {
                    ask(statement);
                }
            }
        }
        ask(statement);
        if (talks) {
            say("\n");
        }
    }

    private void ask(StringBuilder statement) {
        String sql = statement.toString().strip().replaceFirst(";$", "");
        statement.setLength(0);
        if (!sql.isBlank()) {
            guarded(() -> format.print(question.run(sql), out));
        }
    }

    private void command(String text) {
        String[] words = text.split("\\s+", 2);
        switch (words[0]) {
            case ".help" -> out.println(HELP);
            case ".tables" -> question.tables().forEach(out::println);
            case ".schema" -> {
                for (String table : words.length > 1 ? List.of(words[1]) : question.tables()) {
                    out.println(table);
                    format.print(question.schema(table), out);
                }
            }
            case ".format" -> format = Format.of(words.length > 1 ? words[1] : "");
            default ->
                throw QueryProblem.unknownCommand(
                        words[0], NearMiss.hint(words[0].toLowerCase(Locale.ROOT), COMMANDS), COMMANDS);
        }
        out.flush();
    }

    private void guarded(Runnable work) {
        if (!talks) {
            work.run();
            return;
        }
        try {
            work.run();
        } catch (DoughnutException e) {
            err.println(e.getMessage());
        }
    }

    private Optional<String> next(String prompt) {
        if (talks) {
            say(prompt);
        }
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void say(String text) {
        err.print(text);
        err.flush();
    }
}
