package org.regionaldoughnut.app.lineage;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Source;

/**
 * The tables a step reads and writes, by their full names; files of a source are named by its place.
 *
 * @param step the room's word
 */
public record StepFlow(String step, String subject, List<String> inputs, List<String> outputs) {
    static final String FILES = "file:";
    private static final List<String> FACTS = List.of("trade", "emissions", "census");
    private static final List<String> STATISTICS = List.of("statistics.indicators", "statistics.doughnut");
    private static final String REGIONS = "harmonised.regions";

    public StepFlow {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    public String name() {
        return step + "/" + subject;
    }

    /** Of every step there can be, in the order of the rooms. */
    public static List<StepFlow> all(Office office) {
        List<StepFlow> flows = new ArrayList<>();
        List<String> contracts = office.sources().values().stream()
                .map(Source::contract)
                .distinct()
                .sorted()
                .toList();
        for (Source source : office.sources().values()) {
            flows.add(new StepFlow(
                    "ingest",
                    source.id(),
                    List.of(FILES + source.path()),
                    List.of("raw." + source.id(), "quarantine." + source.id())));
        }
        for (String contract : contracts) {
            List<String> raw = tables("raw.", office, contract);
            List<String> quality = new ArrayList<>(List.of("quality.outcomes", "quality.metrics", "quality.states"));
            quality.addAll(tables("quarantine.", office, contract));
            flows.add(new StepFlow("validate", contract, raw, quality));
        }
        for (String contract : contracts) {
            List<String> read = new ArrayList<>(tables("raw.", office, contract));
            read.addAll(tables("quarantine.", office, contract));
            if (FACTS.contains(contract)) {
                read.add(REGIONS);
            }
            flows.add(new StepFlow("harmonise", contract, read, List.of("harmonised." + contract)));
        }
        List<String> harmonised =
                contracts.stream().map(contract -> "harmonised." + contract).toList();
        flows.add(new StepFlow("harmonise", "controls", harmonised, List.of("quality.outcomes")));
        flows.add(new StepFlow("indicators", "all", harmonised, STATISTICS));
        flows.add(new StepFlow(
                "validate",
                "statistics",
                STATISTICS,
                List.of("quality.outcomes", "quality.metrics", "quarantine.statistics.indicators")));
        List<String> published =
                Stream.concat(STATISTICS.stream(), Stream.of(REGIONS)).toList();
        flows.add(new StepFlow("publish", "all", published, List.of("drafts")));
        flows.add(new StepFlow("report", "all", List.of("drafts"), List.of("releases")));
        return flows;
    }

    private static List<String> tables(String layer, Office office, String contract) {
        return office.sourcesOf(contract).stream()
                .map(source -> layer + source.id())
                .toList();
    }
}
