package org.regionaldoughnut.app.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Preset;

/** Proposes how a received file may be read, column by column, each choice with its reason. */
public final class Inference {
    private static final double MOST = 0.8;

    private final Path home;
    private final References references;
    private final Set<String> schemes;
    private final Supplier<SparkSession> spark;

    /**
     * @param home the folder that holds conf/ and schemas/
     * @param schemes region schemes that the office can place
     * @param spark asked for where a format is read by Spark alone: Parquet, JSON lines, JSON-stat
     */
    public Inference(Path home, Set<String> schemes, Supplier<SparkSession> spark) {
        this.home = home;
        this.references = new References(home);
        this.schemes = Set.copyOf(schemes);
        this.spark = spark;
    }

    /** Name of a file without its suffixes, as an id. */
    public static String stem(Path file) {
        return file.getFileName()
                .toString()
                .toLowerCase(Locale.ROOT)
                .replaceAll("(\\.(gz|zst|zip|csv|tsv|txt|xlsx|json|jsonl|ndjson|parquet))+$", "");
    }

    /**
     * The text of a source's YAML with its reasons.
     *
     * @param member name, or pattern of names, within a ZIP archive
     * @param id of the source, which is the name its file must have
     * @param location written into the YAML
     * @throws DoughnutException where no period, region or value can be found in the file
     */
    public String propose(Path file, Optional<String> member, String id, String location) {
        ReceivedSample sample = new Sampling(file, member, spark).take();
        Optional<Layout> layout = Layout.of(sample, Preset.all(home));
        Proposal proposal = new Proposal(id, file.getFileName().toString(), location, sample.format(), layout);
        sample.reasons().forEach(proposal::reason);
        Draft draft =
                new Draft(sample, new Roles(sample, references), references, proposal, new ArrayList<>(sample.names()));
        draft.left().removeAll(usedBy(layout));

        List<String> wide = PeriodColumn.propose(draft, stem(file));
        String region = RegionColumn.propose(draft, schemes, layout.flatMap(of -> of.received("region").stream()
                .filter(sample.names()::contains)
                .findFirst()));
        List<String> told = layout.map(of -> of.received("value")).orElse(List.of());
        List<String> values = !wide.isEmpty() ? List.of("value") : !told.isEmpty() ? told : values(draft);
        if (values.isEmpty()) {
            throw new DoughnutException(
                    ExitCode.CONFIGURATION,
                    "Cannot propose a source for " + file + ": no column holds numbers. Its columns are: "
                            + String.join(", ", sample.names()) + ". Write the source by hand.");
        }
        draft.left().removeAll(values);
        boolean trade = layout.filter(of -> of.text("contract").equals("trade")).isPresent()
                || !draft.roles().of("partner").isEmpty();
        if (trade) {
            TradeColumns.propose(draft, told.isEmpty() ? Optional.of(values.get(0)) : Optional.empty());
            return proposal.yaml("trade");
        }
        Optional<String> variable = VariableColumn.propose(draft, values, id, stem(file));
        if (!proposal.has("breakdown")) {
            BreakdownColumns.propose(draft, region);
        }
        draft.missingWords(!wide.isEmpty() ? wide : values);
        UnitColumn.propose(draft, variable);
        StatusColumn.propose(draft);
        proposal.column("value", Proposal.from(values.size() > 1 ? "value" : values.get(0)));
        return proposal.yaml("census");
    }

    private static List<String> usedBy(Optional<Layout> layout) {
        List<String> used = new ArrayList<>();
        layout.ifPresent(of -> of.keys("columns").stream()
                .filter(column -> !column.equals("region") && !column.equals("period"))
                .forEach(column -> used.addAll(of.received(column))));
        return used;
    }

    private static List<String> values(Draft draft) {
        List<String> named = draft.roles().of("value");
        if (!named.isEmpty()) {
            return List.of(named.get(0));
        }
        return draft.left().stream()
                .filter(name -> draft.roles().role(name).isEmpty())
                .filter(name -> draft.sample().share(name, Draft::isNumber) >= MOST)
                .toList();
    }
}
