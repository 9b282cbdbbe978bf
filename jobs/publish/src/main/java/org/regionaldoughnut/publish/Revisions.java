package org.regionaldoughnut.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/**
 * What changed from one release to another, by how much, and why: new data, revised data, new method, new boundary,
 * disclosure control, another program. Answered by DuckDB from the Parquet files of both.
 */
public final class Revisions {
    /** The changes named one by one in a release. */
    static final int FEW = 50;

    private static final List<String> INDICATORS = List.of("indicator", "breakdown", "region", "period");
    private static final List<String> DOUGHNUT = List.of(
            "framework", "boundary_set", "lens", "ring", "dimension", "indicator", "breakdown", "region", "period");

    private final Path before;
    private final Path after;

    /** @param before folder of the earlier release or draft */
    public Revisions(Path before, Path after) {
        this.before = before;
        this.after = after;
    }

    /**
     * @param most how many changes are named one by one, the largest first
     * @throws DoughnutException where one of the releases cannot be read
     */
    public ObjectNode report(int most) {
        return report(description(after), most);
    }

    /** @param said what the later one will say of itself, where it does not yet */
    ObjectNode report(JsonNode said, int most) {
        JsonNode earlier = description(before);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("from", earlier.path("id").asText());
        root.put("to", said.path("id").asText());
        Set<String> methods = changed(earlier.path("definitions"), said.path("definitions"));
        Set<String> programs = changed(earlier.path("program"), said.path("program"));
        causes(root, earlier, said, methods, programs);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:", offline());
                Statement statement = connection.createStatement()) {
            changes(statement, "indicators", INDICATORS, "value", methods, !programs.isEmpty());
            changes(statement, "doughnut", DOUGHNUT, "gap_percent", methods, !programs.isEmpty());
            ObjectNode tables = root.putObject("tables");
            for (String table : List.of("indicators", "doughnut")) {
                ObjectNode counts = tables.putObject(table);
                each(
                        statement,
                        "select kind, count(*) from changes_" + table + " group by kind order by kind",
                        row -> counts.put(row.getString(1), row.getLong(2)));
            }
            byIndicator(statement, root.putArray("by_indicator"));
            ArrayNode largest = root.putArray("changes");
            for (String table : List.of("indicators", "doughnut")) {
                largest(statement, table, largest, most);
            }
        } catch (SQLException e) {
            throw new DoughnutException(
                    ExitCode.DATA_REFUSED,
                    "Cannot compare " + before + " with " + after + ": "
                            + e.getMessage().lines().findFirst().orElse("")
                            + ". Both must be releases or drafts with Parquet files of the tables indicators and"
                            + " doughnut.",
                    e);
        }
        return root;
    }

    private static void causes(
            ObjectNode root, JsonNode earlier, JsonNode said, Set<String> methods, Set<String> programs) {
        ObjectNode causes = root.putObject("causes");
        Set<String> old = batches(earlier);
        Set<String> now = batches(said);
        ArrayNode added = causes.putArray("new_batches");
        now.stream().filter(batch -> !old.contains(batch)).forEach(added::add);
        ArrayNode dropped = causes.putArray("dropped_batches");
        old.stream().filter(batch -> !now.contains(batch)).forEach(dropped::add);
        ArrayNode changed = causes.putArray("new_methods");
        methods.forEach(changed::add);
        ArrayNode rooms = causes.putArray("new_programs");
        programs.forEach(rooms::add);
        for (String key : List.of("boundary_set", "boundary_sets", "as_of", "doughnut_years")) {
            if (!earlier.path(key).equals(said.path(key))) {
                causes.putObject(key).<ObjectNode>set("from", earlier.path(key)).set("to", said.path(key));
            }
        }
    }

    private static Set<String> batches(JsonNode description) {
        Set<String> batches = new TreeSet<>();
        description
                .path("inputs")
                .forEach(input -> batches.add(input.path("source").asText() + " "
                        + input.path("batch").asText()));
        return batches;
    }

    /** Names whose hash differs, where both sides tell one. */
    private static Set<String> changed(JsonNode before, JsonNode after) {
        Set<String> changed = new TreeSet<>();
        before.fields().forEachRemaining(field -> {
            if (after.has(field.getKey()) && !after.get(field.getKey()).equals(field.getValue())) {
                changed.add(field.getKey());
            }
        });
        return changed;
    }

    private void changes(
            Statement statement,
            String table,
            List<String> key,
            String figure,
            Set<String> methods,
            boolean otherProgram)
            throws SQLException {
        boolean places = table.equals("doughnut");
        String id =
                key.stream().map(k -> "coalesce(a." + k + ", b." + k + ") " + k).collect(Collectors.joining(", "));
        String on = key.stream().map(k -> "a." + k + " = b." + k).collect(Collectors.joining(" and "));
        String method = methods.isEmpty()
                ? "false"
                : "coalesce(a.indicator, b.indicator) in ("
                        + methods.stream().map(Revisions::quoted).collect(Collectors.joining(", ")) + ")";
        String boundary =
                places ? "a.boundary is distinct from b.boundary or a.baseline is distinct from b.baseline" : "false";
        statement.execute("create view changes_" + table + " as select *, concat_ws(', ',"
                + " case when kind in ('added', 'came_in') and not method then 'new data' end,"
                + " case when kind in ('revised', 'gone_missing') and newer then 'revised data' end,"
                + " case when kind = 'suppressed' then 'disclosure control' end,"
                + " case when kind <> 'unchanged' and method then 'new method' end,"
                + " case when kind <> 'unchanged' and bounded then 'new boundary' end,"
                + " case when kind in ('revised', 'gone_missing', 'removed') and not newer and not method and not bounded"
                + " then '" + (otherProgram ? "new program" : "other figures or configuration") + "' end) why"
                + " from (select " + id + ", a." + figure + " figure_before, b." + figure + " figure_after,"
                + " coalesce(b.vintage > a.vintage or a.vintage is null and b.vintage is not null, false) newer, "
                + method + " method, a.indicator is not null and b.indicator is not null and (" + boundary
                + ") bounded,"
                + " case when a.indicator is null then 'added' when b.indicator is null then 'removed'"
                + " when a." + figure + " is null and b." + figure + " is not null then 'came_in'"
                + " when a." + figure + " is not null and b." + figure + " is null then"
                + " case when b.obs_status = 'Q' then 'suppressed' else 'gone_missing' end"
                + " when a." + figure + " is distinct from b." + figure + " then 'revised'"
                + (places ? " when " + boundary + " then 'revised'" : "")
                + " else 'unchanged' end kind from " + parquet(before, table) + " a full join " + parquet(after, table)
                + " b on " + on + ")");
    }

    private static void byIndicator(Statement statement, ArrayNode list) throws SQLException {
        String change = "abs(figure_after - figure_before) / nullif(abs(figure_before), 0) * 100";
        each(
                statement,
                "select indicator, count(*) filter (kind = 'added'), count(*) filter (kind = 'removed'),"
                        + " count(*) filter (kind = 'revised'), count(*) filter (kind = 'suppressed'),"
                        + " count(*) filter (kind = 'came_in'), count(*) filter (kind = 'gone_missing'),"
                        + " avg(" + change + ") filter (kind = 'revised'), max(" + change
                        + ") filter (kind = 'revised'), string_agg(distinct why, '; ' order by why) filter (why <> '')"
                        + " from changes_indicators group by indicator having count(*) filter (kind <> 'unchanged') > 0"
                        + " order by indicator",
                row -> {
                    ObjectNode node = list.addObject().put("indicator", row.getString(1));
                    List<String> kinds =
                            List.of("added", "removed", "revised", "suppressed", "came_in", "gone_missing");
                    for (int i = 0; i < kinds.size(); i++) {
                        node.put(kinds.get(i), row.getLong(2 + i));
                    }
                    number(node, "mean_absolute_change_percent", row, 8);
                    number(node, "largest_absolute_change_percent", row, 9);
                    node.put("why", row.getString(10));
                });
    }

    private static void largest(Statement statement, String table, ArrayNode list, int most) throws SQLException {
        boolean places = table.equals("doughnut");
        each(
                statement,
                "select indicator, region, period, " + (places ? "framework || '/' || dimension" : "breakdown")
                        + ", kind, figure_before, figure_after, figure_after - figure_before,"
                        + " (figure_after - figure_before) / nullif(abs(figure_before), 0) * 100 as percent, why"
                        + " from changes_" + table + " where kind <> 'unchanged'"
                        + " order by abs(percent) desc nulls last, indicator, region, period limit " + most,
                row -> {
                    ObjectNode node = list.addObject().put("table", table).put("indicator", row.getString(1));
                    node.put("region", row.getString(2)).put("period", row.getString(3));
                    node.put(places ? "slot" : "breakdown", row.getString(4)).put("kind", row.getString(5));
                    number(node, "before", row, 6);
                    number(node, "after", row, 7);
                    number(node, "change", row, 8);
                    number(node, "change_percent", row, 9);
                    node.put("why", row.getString(10));
                });
    }

    private static void number(ObjectNode node, String name, ResultSet row, int column) throws SQLException {
        double value = row.getDouble(column);
        if (row.wasNull()) {
            node.putNull(name);
        } else {
            node.put(name, value);
        }
    }

    /** Takes rows one by one. */
    private interface RowReader {
        void take(ResultSet row) throws SQLException;
    }

    private static void each(Statement statement, String sql, RowReader reader) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.take(rows);
            }
        }
    }

    private static String parquet(Path release, String table) throws SQLException {
        Path folder = release.resolve("parquet").resolve(table);
        if (!Files.isDirectory(folder)) {
            throw new SQLException("there is no folder " + folder);
        }
        return "read_parquet(" + quoted(folder + "/*.parquet") + ")";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static JsonNode description(Path release) {
        Path file = release.resolve(Releases.DESCRIPTION);
        try {
            return Files.isRegularFile(file) ? JsonFile.read(file) : JsonNodeFactory.instance.objectNode();
        } catch (IOException e) {
            throw Releases.failed("read " + file, e);
        }
    }

    private static Properties offline() {
        Properties properties = new Properties();
        properties.setProperty("autoinstall_known_extensions", "false");
        return properties;
    }
}
