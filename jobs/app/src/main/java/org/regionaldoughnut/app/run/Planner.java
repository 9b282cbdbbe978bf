package org.regionaldoughnut.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.ledger.Ledger;
import org.regionaldoughnut.ledger.StepRecord;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.QualityRule;
import org.regionaldoughnut.office.Source;
import org.regionaldoughnut.validate.RuleCheck;

/**
 * Says for every step whether it has to run. The hashes of a step's input are made of the outcomes of the steps before
 * it, so the whole plan is known before anything runs, from the ledger and the bytes of the received files alone.
 */
final class Planner {
    static final String REGIONS = "regions";
    static final String CONTROLS = "controls";
    static final String STATISTICS = "statistics";
    static final String ALL = "all";
    private static final List<String> FACTS = List.of("trade", "emissions", "census");

    private final Office office;
    private final Ledger ledger;
    private final Fingerprints fingerprints;
    private final Arrivals arrivals;
    private final String asOf;
    private final List<Waiver> waivers;
    private final Methods methods;
    private final Map<StepId, PlannedStep> steps = new LinkedHashMap<>();

    /** @param waivers that hold now: a new or an expired one is a change of the rules of its batch */
    Planner(
            Office office,
            Ledger ledger,
            Fingerprints fingerprints,
            Arrivals arrivals,
            Optional<String> asOf,
            List<Waiver> waivers) {
        this.waivers = List.copyOf(waivers);
        this.office = office;
        this.ledger = ledger;
        this.fingerprints = fingerprints;
        this.arrivals = arrivals;
        this.asOf = asOf.orElse("");
        this.methods = new Methods(office, fingerprints);
    }

    List<PlannedStep> plan() {
        for (Source source : office.sources().values()) {
            add(
                    new StepId(StepId.INGEST, source.id()),
                    List.of(),
                    List.copyOf(arrivals.batches(source.id())),
                    List.of(source.hash()));
        }
        List<String> contracts = office.sources().values().stream()
                .map(Source::contract)
                .distinct()
                .sorted()
                .toList();
        for (String contract : contracts) {
            List<String> rules =
                    new ArrayList<>(List.of(office.contracts().get(contract).hash()));
            office.sourcesOf(contract).forEach(source -> source.rules().forEach(rule -> rules.add(rule.identity())));
            rules.addAll(codelistsOfRules(contract));
            List<String> sources =
                    office.sourcesOf(contract).stream().map(Source::id).toList();
            waivers.stream()
                    .filter(waiver -> sources.contains(waiver.source()))
                    .forEach(waiver -> rules.add(waiver.toString()));
            add(new StepId(StepId.VALIDATE, contract), ingests(contract), List.of(), rules);
        }
        StepId regions = new StepId(StepId.HARMONISE, REGIONS);
        add(
                regions,
                List.of(new StepId(StepId.VALIDATE, REGIONS)),
                List.of(),
                List.of(office.regions().toString()));
        List<StepId> harmonised = new ArrayList<>();
        for (String table : FACTS) {
            if (contracts.contains(table)) {
                StepId id = new StepId(StepId.HARMONISE, table);
                add(
                        id,
                        List.of(new StepId(StepId.VALIDATE, table), regions),
                        List.of(),
                        methods.ofAll(office.sourcesOf(table)));
                harmonised.add(id);
            }
        }
        StepId controls = new StepId(StepId.HARMONISE, CONTROLS);
        List<StepId> tables = new ArrayList<>(harmonised);
        tables.add(regions);
        add(controls, tables, List.of(), List.of(office.controls().toString()));
        StepId indicators = new StepId(StepId.INDICATORS, ALL);
        add(indicators, tables, List.of(), definitions());
        StepId statistics = new StepId(StepId.VALIDATE, STATISTICS);
        add(statistics, List.of(indicators), List.of(), rulesOfStatistics());
        StepId publish = new StepId(StepId.PUBLISH, ALL);
        add(publish, List.of(controls, statistics), List.of(), List.of(office.hash()));
        add(
                new StepId(StepId.REPORT, ALL),
                List.of(publish),
                List.of(),
                List.of(office.settings().path("report").toString()));
        return List.copyOf(steps.values());
    }

    private List<StepId> ingests(String contract) {
        return office.sourcesOf(contract).stream()
                .map(source -> new StepId(StepId.INGEST, source.id()))
                .toList();
    }

    /** Rules of what is published, and the limits of the catalogue they refer to. */
    private List<String> rulesOfStatistics() {
        List<String> rules = new ArrayList<>();
        for (String id : StatisticsRoom.CONTRACTS) {
            Contract contract = office.contracts().get(id);
            contract.rules().forEach(rule -> rules.add(rule.identity()));
            rules.addAll(codelistsOfRules(id));
        }
        office.catalogue()
                .indicators()
                .forEach((id, indicator) -> rules.add(id + " " + indicator.min() + " " + indicator.max()));
        return rules;
    }

    private List<String> definitions() {
        return List.of(
                office.catalogue().toString(),
                office.boundarySet(),
                office.settings().path("boundary_sets").toString(),
                office.statistics().toString(),
                office.years().toString(),
                office.levels().toString(),
                office.population().toString(),
                asOf);
    }

    /** What the codelists say that rules refer to. */
    private List<String> codelistsOfRules(String contract) {
        List<QualityRule> rules =
                new ArrayList<>(office.contracts().get(contract).rules());
        office.sourcesOf(contract).forEach(source -> rules.addAll(source.rules()));
        return contents(RuleCheck.codelists(rules).stream()
                .map(office::codelistFile)
                .filter(Files::isRegularFile)
                .toList());
    }

    private static List<String> contents(Collection<Path> files) {
        List<String> contents = new ArrayList<>();
        try {
            for (Path file : files) {
                contents.add(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents;
    }

    private void add(StepId id, List<StepId> after, List<String> inputs, List<String> conf) {
        List<String> all = new ArrayList<>(inputs);
        boolean upstream = false;
        for (StepId earlier : after) {
            PlannedStep step = steps.get(earlier);
            if (step != null) {
                all.add(step.outcome());
                upstream |= step.due();
            }
        }
        String input = Hash.of(all);
        String confHash = Hash.of(conf);
        String fingerprint = fingerprints.of(id.step());
        Optional<StepRecord> last = ledger.latestStep(id.step(), id.subject());
        PlannedStep.Cause cause = cause(last, input, confHash, fingerprint, upstream);
        List<StepId> known = after.stream().filter(steps::containsKey).toList();
        steps.put(id, new PlannedStep(id, known, input, confHash, fingerprint, cause));
    }

    private static PlannedStep.Cause cause(
            Optional<StepRecord> last, String input, String conf, String fingerprint, boolean upstream) {
        if (last.isEmpty()) {
            return PlannedStep.Cause.NEVER_DONE;
        }
        if (!last.get().roomFingerprint().equals(fingerprint)) {
            return PlannedStep.Cause.PROGRAM;
        }
        if (!last.get().confHash().equals(conf)) {
            return PlannedStep.Cause.CONFIGURATION;
        }
        if (!last.get().inputHash().equals(input)) {
            return upstream ? PlannedStep.Cause.UPSTREAM : PlannedStep.Cause.INPUT;
        }
        return PlannedStep.Cause.NONE;
    }
}
