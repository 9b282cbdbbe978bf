package org.regionaldoughnut.app.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A source's YAML in the making. */
final class Proposal {
    private final String id;
    private final Path file;
    private final String location;
    private final FileHead head;
    private final ReceivedSample sample;
    private final List<String> reasons = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> columns = new LinkedHashMap<>();
    private final Map<String, String> codes = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private String unpivot = "";

    Proposal(String id, Path file, String location, FileHead head, ReceivedSample sample) {
        this.id = id;
        this.file = file;
        this.location = location;
        this.head = head;
        this.sample = sample;
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

    void column(String name, String yaml) {
        columns.put(name, yaml);
    }

    /** Only lines that meet it are taken. */
    void where(String condition) {
        conditions.add(condition);
    }

    void codes(String column, String list) {
        codes.put(column, list);
    }

    void missing(Set<String> words) {
        words.stream().filter(w -> !missing.contains(w)).forEach(missing::add);
    }

    void unpivot(String pattern, String name, String value) {
        unpivot = "unpivot: {columns: " + text(pattern) + ", name: " + name + ", value: " + value + "}\n";
    }

    void scheme(String scheme, String region) {
        columns.put("region", from(region));
        columns.put("region_scheme", "{constant: " + scheme + "}");
    }

    void region(String name) {
        columns.put("region", from(name));
    }

    void period(String yaml) {
        columns.put("period", yaml);
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
        StringBuilder format = new StringBuilder("format: {kind: " + sample.kind());
        if (sample.kind().equals("csv") && sample.delimiter() != ','
                || sample.kind().equals("sdmx-csv") && sample.delimiter() != ',') {
            format.append(", delimiter: ").append(text(String.valueOf(sample.delimiter())));
        }
        if (sample.headerLine() > 1) {
            format.append(", header_line: ").append(sample.headerLine());
        }
        if (!head.encoding().equals("UTF-8")) {
            format.append(", encoding: ").append(head.encoding());
        }
        if (!missing.isEmpty()) {
            format.append(
                    missing.stream().map(Proposal::text).collect(Collectors.joining(", ", ", missing: [\"\", ", "]")));
        }
        return format.append("}\n").toString();
    }

    String yaml(String contract) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("# Proposed from ")
                .append(file.getFileName())
                .append(". Keep it as sources/")
                .append(id)
                .append(".yaml, then:\n");
        yaml.append("#   doughnut source check ")
                .append(id)
                .append("; doughnut source preview ")
                .append(id)
                .append('\n');
        reasons.forEach(reason -> yaml.append("# - ").append(reason).append('\n'));
        notes.forEach(note -> yaml.append("# ! ").append(note).append('\n'));
        yaml.append("id: ").append(id).append('\n');
        yaml.append("title: ").append(text(file.getFileName().toString())).append('\n');
        yaml.append("publisher: unknown\nlicence: unknown\n");
        yaml.append("contract: ").append(contract).append('\n');
        yaml.append("location: {path: ").append(text(location)).append("}\n");
        yaml.append(format());
        if (!conditions.isEmpty()) {
            yaml.append("where: ")
                    .append(text(String.join(" and ", conditions)))
                    .append('\n');
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
