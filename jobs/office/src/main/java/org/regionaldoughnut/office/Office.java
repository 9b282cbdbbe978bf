package org.regionaldoughnut.office;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.regionaldoughnut.model.Framework;

/**
 * One configuration: everything an office says about itself and its data.
 *
 * @param home the folder that holds conf/ and schemas/
 * @param settings the merged settings of conf/doughnut.yaml, office.yaml, environment and command line
 * @param regions the region frame
 * @param population the rows that weigh population coverage
 * @param years reference years that get a doughnut
 * @param levels region levels that get a doughnut
 * @param corrections figures that the office corrects after receipt
 * @param hash identity of all configuration the office uses
 */
public record Office(
        String id,
        String title,
        Optional<String> description,
        Path home,
        Path folder,
        ZoneId timeZone,
        RegionFrame regions,
        Optional<Population> population,
        List<Integer> years,
        List<String> levels,
        String boundarySet,
        List<Control> controls,
        boolean approvalRequired,
        Map<String, Source> sources,
        Map<String, Report> reports,
        Map<String, Contract> contracts,
        Catalogue catalogue,
        JsonNode settings,
        List<Path> files,
        List<Correction> corrections,
        String hash) {

    /**
     * @param frame the scheme of the codes in harmonised tables
     * @param root the region that holds all others
     * @param correspondences tables from received codes and names to codes of the frame
     */
    public record RegionFrame(String frame, String root, List<String> correspondences) {
        public RegionFrame {
            correspondences = correspondences == null ? List.of() : List.copyOf(correspondences);
        }
    }

    /** Rows of a harmonised table that hold the number of people of each region. */
    public record Population(String table, String series, Optional<String> where) {}

    /** The variants of method it has chosen. */
    public StatisticsRules statistics() {
        return settings.path("statistics").isObject()
                ? Json.bind(settings.path("statistics"), StatisticsRules.class)
                : StatisticsRules.DEFAULT;
    }

    /** The end of a day in its time zone. */
    public Instant endOf(LocalDate day) {
        return day.plusDays(1).atStartOfDay(timeZone).toInstant();
    }

    /** The frameworks it is computed for: those it names, else all that are not optional. In order of id. */
    public List<Framework> frameworks() {
        Set<String> named = new LinkedHashSet<>();
        settings.at("/doughnut/frameworks").forEach(id -> named.add(id.asText()));
        return catalogue.frameworks().values().stream()
                .filter(framework -> named.isEmpty() ? !framework.optional() : named.contains(framework.id()))
                .toList();
    }

    /** The catalogue in the frameworks that the office looks at. */
    public Catalogue catalogueInFrameworks() {
        return catalogue.in(frameworks());
    }

    /** The boundary set a framework is held against by default. */
    public String boundarySetOf(String framework) {
        return Optional.ofNullable(catalogue.frameworks().get(framework))
                .flatMap(Framework::boundarySet)
                .orElse(boundarySet);
    }

    /** The boundary sets a framework is computed with: its default first, then the office's, then further ones. */
    public List<String> boundarySetsOf(String framework) {
        Set<String> sets = new LinkedHashSet<>();
        sets.add(boundarySetOf(framework));
        sets.add(boundarySet);
        settings.path("boundary_sets").forEach(set -> sets.add(set.asText()));
        return List.copyOf(sets);
    }

    /** The office with its sources where they are kept on this machine. */
    public Office locating(UnaryOperator<Source> place) {
        Map<String, Source> located = new TreeMap<>();
        sources.forEach((name, source) -> located.put(name, place.apply(source)));
        return new Office(
                id,
                title,
                description,
                home,
                folder,
                timeZone,
                regions,
                population,
                years,
                levels,
                boundarySet,
                controls,
                approvalRequired,
                located,
                reports,
                contracts,
                catalogue,
                settings,
                files,
                corrections,
                hash);
    }

    /** The text at the dotted path of the merged settings. */
    public Optional<String> setting(String path) {
        JsonNode node = settings;
        for (String key : path.split("\\.")) {
            node = node.path(key);
        }
        return node.isValueNode() && !node.isNull() ? Optional.of(node.asText()) : Optional.empty();
    }

    /** Column of harmonised tables to the correspondences that its codes go through, in order. */
    public Map<String, List<String>> conversions() {
        Map<String, List<String>> conversions = new TreeMap<>();
        settings.path("conversions").fields().forEachRemaining(entry -> {
            List<String> names = new ArrayList<>();
            entry.getValue().forEach(name -> names.add(name.asText()));
            conversions.put(entry.getKey(), names);
        });
        return conversions;
    }

    /** All correspondences that its figures go through. */
    public List<String> correspondences() {
        List<String> all = new ArrayList<>(regions.correspondences());
        conversions().values().forEach(all::addAll);
        return all;
    }

    /** What the office says about its releases. */
    public Publication publication() {
        return Publication.of(settings, timeZone, folder);
    }

    public Path codelistFile(String name) {
        return home.resolve("schemas/codelists").resolve(name + ".csv");
    }

    public Path correspondenceFile(String name) {
        return home.resolve("schemas/correspondences").resolve(name + ".csv");
    }

    public List<Correction> correctionsOf(String source) {
        return corrections.stream().filter(c -> c.source().equals(source)).toList();
    }

    public List<Source> sourcesOf(String contract) {
        return sources.values().stream()
                .filter(source -> source.contract().equals(contract))
                .toList();
    }
}
