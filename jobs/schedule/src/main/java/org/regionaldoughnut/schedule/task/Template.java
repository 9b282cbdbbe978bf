package org.regionaldoughnut.schedule.task;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.regionaldoughnut.model.NearMiss;

/**
 * Texts with {@code {{ name | filter }}} in them. A name is looked up, never evaluated, and what it stands for is put in
 * as it is: a value that looks like a template stays text.
 */
public final class Template {
    private static final Pattern MARK = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
    private static final Pattern EXPRESSION =
            Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z0-9_-]+)*)\\s*(?:\\|\\s*([a-z_]+)\\s*)?");
    static final Set<String> NAMES = Set.of(
            "ds",
            "ds_nodash",
            "ts",
            "ts_nodash",
            "ts_nodash_with_tz",
            "logical_date",
            "data_interval_start",
            "data_interval_end",
            "run_id",
            "dag_run.run_id",
            "dag_run.logical_date",
            "dag.dag_id",
            "task.task_id",
            "ti.try_number",
            "params",
            "dag_run.conf",
            "var.value");
    static final Set<String> FILTERS = Set.of("ds", "ds_nodash", "ts", "ts_nodash", "ts_nodash_with_tz");

    private final String text;

    public Template(String text) {
        this.text = text;
    }

    /** Puts a value into its place. */
    interface Placing {
        String place(String name, String value);
    }

    /** @throws IllegalArgumentException that says which name or filter is unknown, or has no value */
    public String fill(Values values) {
        return fill(values, (name, value) -> value);
    }

    String fill(Values values, Placing placing) {
        var marks = MARK.matcher(text);
        var filled = new StringBuilder();
        while (marks.find()) {
            var expression = expression(marks.group(1));
            var name = expression.group(1);
            marks.appendReplacement(
                    filled, Matcher.quoteReplacement(placing.place(name, values.get(name, expression.group(2)))));
        }
        return marks.appendTail(filled).toString();
    }

    private static Matcher expression(String inner) {
        var expression = EXPRESSION.matcher(inner);
        if (!expression.matches()) {
            throw new IllegalArgumentException("'{{" + inner + "}}' is no name, or name | filter");
        }
        return expression;
    }

    /** What is wrong with the text, whatever the run. @param params those that the DAG declares */
    public List<String> problems(JsonNode params) {
        var problems = new ArrayList<String>();
        var marks = MARK.matcher(text);
        while (marks.find()) {
            try {
                var expression = expression(marks.group(1));
                check(expression.group(1), params);
                if (expression.group(2) != null && !FILTERS.contains(expression.group(2))) {
                    throw new IllegalArgumentException("unknown filter '" + expression.group(2) + "' in '{{"
                            + marks.group(1) + "}}'." + NearMiss.hint(expression.group(2), FILTERS));
                }
            } catch (IllegalArgumentException e) {
                problems.add(e.getMessage());
            }
        }
        return problems;
    }

    private static void check(String name, JsonNode params) {
        if (name.startsWith("dag_run.conf.") || name.startsWith("var.value.") || NAMES.contains(name)) {
            return;
        }
        if (name.startsWith("params.")) {
            if (!params.has(name.substring("params.".length()))) {
                throw new IllegalArgumentException("'" + name + "' is not among the params of the DAG");
            }
            return;
        }
        throw new IllegalArgumentException("unknown name '" + name + "' in a template." + NearMiss.hint(name, NAMES));
    }
}
