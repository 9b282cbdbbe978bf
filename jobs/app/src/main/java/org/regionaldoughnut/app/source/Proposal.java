package org.regionaldoughnut.app.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A source's YAML in the making. What the preset says is left to it. */
final class Proposal {
    private static final String COLUMNS = "columns";

    private final String id;
    private final String title;
    private final String location;
    private final Map<String, String> format;
    private final Optional<Layout> layout;
    private final List<String> reasons = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> columns = new LinkedHashMap<>();
    private final Map<String, String> codes = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private String unpivot = "";

    Proposal(String id, String title, String location, Map<String, String> format, Optional<Layout> layout) {
        this.id = id;
        this.title = title;
        this.location = location;
        this.format = new LinkedHashMap<>(format);
        this.layout = layout;
        layout.ifPresent(of -> reason("the columns are those of conf/presets/"
                + of.preset().id() + ".yaml: what it says is not repeated here"));
    }

    void reason(String text) {
        reasons.add(text);
    }

    /** What a person should look at. */
    void note(String text) {
        if (!notes.contains(text)) {
            notes.add(text);
        }
    }

    /** Whether the preset tells that column. */
    boolean has(String column) {
        return layout.filter(of -> of.keys(COLUMNS).contains(column)).isPresent();
    }

    void column(String name, String yaml) {
        if (!has(name)) {
            columns.put(name, yaml);
        }
    }

    /** Only lines that meet it are taken. */
    void where(String condition) {
        conditions.add(condition);
    }

    void codes(String column, String list) {
        if (!has(column)) {
            codes.put(column, list);
        }
    }

    void missing(Set<String> words) {
        words.stream().filter(w -> !missing.contains(w)).sorted().forEach(missing::add);
    }

    void unpivot(String pattern, String name, String value) {
        if (layout.filter(of -> of.says("unpivot")).isEmpty()) {
            unpivot = "unpivot: {columns: " + text(pattern) + ", name: " + name + ", value: " + value + "}\n";
        }
    }

    static String from(String name) {
        return "{from: " + text(name) + "}";
    }

    static String from(String name, String factor) {
        return factor.isEmpty() ? from(name) : "{from: " + text(name) + ", multiply: " + factor + "}";
    }

    /** A scalar in flow style. */
    static String text(String value) {
        boolean plain =
                value.matches("[A-Za-z][A-Za-z0-9_./-]*") && !value.matches("(?i)y|n|yes|no|on|off|true|false|null");
        return plain ? value : "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private String format() {
        Map<String, String> own = new LinkedHashMap<>(format);
        if (!missing.isEmpty()) {
            own.put("missing", missing.stream().map(Proposal::text).collect(Collectors.joining(", ", "[\"\", ", "]")));
        }
        layout.ifPresent(of -> own.keySet().removeAll(of.keys("format")));
        return own.isEmpty()
                ? ""
                : own.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + entry.getValue())
                        .collect(Collectors.joining(", ", "format: {", "}\n"));
    }

    private List<String> allConditions() {
        List<String> all = new ArrayList<>();
        if (!conditions.isEmpty()) {
            layout.filter(of -> of.says("where")).ifPresent(of -> all.add(of.text("where")));
        }
        all.addAll(conditions);
        return all;
    }

    private boolean isSaid(String key) {
        return layout.filter(of -> of.says(key)).isPresent();
    }

    String yaml(String contract) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("# Proposed from ")
                .append(title)
                .append(". Keep it as sources/")
                .append(id);
        yaml.append(".yaml, then:\n#   doughnut source check ").append(id);
        yaml.append("; doughnut source preview ").append(id).append('\n');
        reasons.forEach(reason -> yaml.append("# - ").append(reason).append('\n'));
        notes.forEach(note -> yaml.append("# ! ").append(note).append('\n'));
        yaml.append("id: ").append(id).append('\n');
        yaml.append("title: ").append(text(title)).append('\n');
        layout.ifPresent(of -> yaml.append("preset: ").append(of.preset().id()).append('\n'));
        for (String key : List.of("publisher", "licence")) {
            yaml.append(isSaid(key) ? "" : key + ": unknown\n");
        }
        yaml.append(isSaid("contract") ? "" : "contract: " + contract + "\n");
        yaml.append("location: {path: ").append(text(location)).append("}\n");
        yaml.append(format());
        List<String> all = allConditions();
        if (!all.isEmpty()) {
            yaml.append("where: ").append(text(String.join(" and ", all))).append('\n');
        }
        yaml.append(unpivot);
        yaml.append("columns:\n");
        columns.forEach((name, how) ->
                yaml.append("  ").append(name).append(": ").append(how).append('\n'));
        if (!codes.isEmpty()) {
            yaml.append("codes:\n");
            codes.forEach((name, list) ->
                    yaml.append("  ").append(name).append(": ").append(list).append('\n'));
        }
        return yaml.toString();
    }
}
