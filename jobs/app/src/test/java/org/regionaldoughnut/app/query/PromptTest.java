package org.regionaldoughnut.app.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

class PromptTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Answers with the question itself. */
    private static final Question ECHO = new Question() {
        @Override
        public Answer run(String sql) {
            if (sql.contains("wrong")) {
                throw new DoughnutException(ExitCode.USAGE, "Cannot run the query: wrong. Correct it.");
            }
            return new Answer(List.of("asked"), List.of(Map.of("asked", sql.replace('\n', ' '))));
        }

        @Override
        public void toParquet(String sql, Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> tables() {
            return List.of("indicators", "regions");
        }

        @Override
        public Answer schema(String table) {
            return new Answer(List.of("column"), List.of(Map.of("column", "of " + table)));
        }
    };

    @Test
    void aQuestionGoesOverLinesUntilItsSemicolonAndFailuresAreToldOneByOne() {
        ask(
                true,
                "select 1\nfrom x;\nwrong;\n.tables\n.schema regions\n.format csv\nselect 2;\n.schemo\n.quit\nselect 3;");
        assertThat(out.toString())
                .contains("select 1 from x", "indicators\nregions\n", "of regions", "asked\r\nselect 2\r\n")
                .doesNotContain("select 3");
        assertThat(err.toString())
                .contains("Cannot run the query: wrong.", "there is no such command. Did you mean '.schema'?");
    }

    @Test
    void whatComesThroughAPipeIsAnsweredWithoutAPromptAndFailsAtTheFirstMistake() {
        ask(false, "select 1");
        assertThat(out.toString()).contains("select 1");
        assertThat(err.toString()).isEmpty();
        assertThatThrownBy(() -> ask(false, "wrong;\nselect 2;")).isInstanceOf(DoughnutException.class);
    }

    private void ask(boolean talks, String text) {
        new Prompt(
                        ECHO,
                        new BufferedReader(new StringReader(text)),
                        new PrintWriter(out, true),
                        new PrintWriter(err, true),
                        talks,
                        Format.TABLE)
                .run();
    }
}
