package org.regionaldoughnut.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of every verb; they may stand before or after it. */
final class OfficeOptions {
    @Option(
            names = "--office",
            paramLabel = "NAME|DIR",
            description = "Office: a folder below conf/, or any folder (default: sample).")
    String office;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets a key of office.yaml or doughnut.yaml; the value is YAML. Repeatable.")
    List<String> set = new ArrayList<>();

    @Option(
            names = "--storage",
            paramLabel = "URI",
            description = "Where tables and releases lie (default: .doughnut/<office>).")
    String storage;

    @Option(names = "--json", description = "The result as JSON on the last line of standard output, on failure too.")
    boolean json;

    @Option(names = "--debug", description = "Stack traces with errors.")
    boolean debug;

    /** These options, where not given those of the command before it. */
    OfficeOptions or(OfficeOptions before) {
        OfficeOptions both = new OfficeOptions();
        both.office = office != null ? office : before.office;
        both.storage = storage != null ? storage : before.storage;
        both.json = json || before.json;
        both.debug = debug || before.debug;
        both.set.addAll(before.set);
        both.set.addAll(set);
        return both;
    }

    String officeOrSample() {
        return office == null ? "sample" : office;
    }

    Optional<String> storage() {
        return Optional.ofNullable(storage);
    }
}
