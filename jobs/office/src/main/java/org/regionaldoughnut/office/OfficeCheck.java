package org.regionaldoughnut.office;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.regionaldoughnut.model.Boundary;
import org.regionaldoughnut.model.Floor;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.model.Term;

/** What no single file can tell: whether the files of an office agree with each other. */
final class OfficeCheck {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Set<String> FUNCTIONS = Set.of("abs", "max", "min");
    private final Office office;
    private final YamlFile file;
    private final List<Problem> problems;

    OfficeCheck(Office office, YamlFile file, List<Problem> problems) {
        this.office = office;
        this.file = file;
        this.problems = problems;
    }

    void run() {
        Catalogue catalogue = office.catalogue();
        if (!catalogue.boundarySets().containsKey(office.boundarySet())) {
            problem(
                    "/boundary_set",
                    "there is no boundary set '" + office.boundarySet() + "'."
                            + NearMiss.hint(
                                    office.boundarySet(),
                                    catalogue.boundarySets().keySet()));
        }
        for (String name : office.regions().correspondences()) {
            if (!office.correspondenceFile(name).toFile().isFile()) {
                problem(
                        "/regions/correspondences",
                        "there is no correspondence " + office.home().relativize(office.correspondenceFile(name)));
            }
        }
        publication();
        Set<String> series = new TreeSet<>();
        office.sources().values().forEach(source -> series.addAll(source.allSeries()));
        office.population()
                .filter(p -> !series.contains(p.series()))
                .ifPresent(p -> problem(
                        "/population/series",
                        "no source has the series '" + p.series() + "'." + NearMiss.hint(p.series(), series)));
        catalogue.indicators().values().forEach(this::indicator);
        catalogue.boundarySets().values().forEach(this::boundaries);
    }

    private void publication() {
        Set<String> times = new HashSet<>();
        for (JsonNode line : office.settings().at("/publication/calendar")) {
            String at = line.path("at").asText();
            try {
                LocalDateTime.parse(at);
            } catch (DateTimeException e) {
                problem("/publication/calendar", "the calendar's '" + at + "' is no time, such as 2026-12-01T09:30");
                return;
            }
            if (!times.add(at)) {
                problem("/publication/calendar", "the calendar names " + at + " twice");
            }
        }
        Publication.Disclosure disclosure = office.publication().disclosure();
        disclosure
                .contributors()
                .filter(contributors -> !Files.isRegularFile(contributors))
                .ifPresent(contributors -> problem(
                        "/publication/disclosure/contributors", "there is no file of contributors " + contributors));
        Set<String> rules = new HashSet<>();
        for (Publication.Rule rule : disclosure.rules()) {
            if (!rules.add(rule.id())) {
                problem("/publication/disclosure/rules", "two disclosure rules have the id '" + rule.id() + "'");
            }
        }
    }

    private void indicator(Indicator indicator) {
        String who = "indicator '" + indicator.id() + "': ";
        for (Indicator.Slot slot : indicator.slots()) {
            var framework = office.catalogue().frameworks().get(slot.framework());
            if (framework == null) {
                problem(
                        "",
                        who + "there is no framework '" + slot.framework() + "'."
                                + NearMiss.hint(
                                        slot.framework(),
                                        office.catalogue().frameworks().keySet()));
            } else if (!framework.has(slot.ring(), slot.dimension())) {
                problem(
                        "",
                        who + "the framework " + slot.framework() + " has no dimension '" + slot.dimension()
                                + "' in its ring '" + slot.ring() + "'");
            }
        }
        Set<String> used = new HashSet<>();
        Matcher names = NAME.matcher(indicator.formula().orElse(""));
        while (names.find()) {
            String name = names.group();
            if (!FUNCTIONS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                used.add(name);
            }
        }
        used.removeAll(indicator.terms().keySet());
        if (!used.isEmpty()) {
            problem("", who + "the formula names what is not a term: " + String.join(", ", new TreeSet<>(used)));
        }
        if (indicator.kind() == Indicator.Kind.FORMULA && indicator.formula().isEmpty()) {
            problem("", who + "it has no formula");
        }
        if (indicator.kind() != Indicator.Kind.FORMULA
                && (indicator.over().isEmpty() || indicator.terms().size() != 1)) {
            problem("", who + "a diversity or concentration needs one term and 'over'");
        }
        if (indicator.rollUp() == Indicator.RollUp.WEIGHTED
                && !indicator.weight().filter(indicator.terms()::containsKey).isPresent()) {
            problem("", who + "a weighted roll-up needs 'weight', the name of one of its terms");
        }
        boolean published = indicator.terms().entrySet().stream()
                .filter(term -> !indicator.weight().equals(java.util.Optional.of(term.getKey())))
                .anyMatch(term -> term.getValue().aggregate() != Term.Aggregate.SUM);
        if (indicator.rollUp() == Indicator.RollUp.SUM && published) {
            problem("", who + "published rates and means cannot be rolled up by sum; declare a weight or none");
        }
    }

    private void boundaries(Catalogue.BoundarySet set) {
        for (Boundary boundary : set.boundaries()) {
            Indicator indicator = known(set, boundary.indicator());
            boolean differs = indicator != null
                    && boundary.perspective().isPresent()
                    && indicator.perspective().isPresent()
                    && !boundary.perspective().equals(indicator.perspective());
            if (differs && indicator.proxy().isEmpty()) {
                problem(
                        "",
                        "boundary set '" + set.id() + "': the boundary of '" + boundary.indicator() + "' is "
                                + boundary.perspective().orElseThrow() + ", the indicator "
                                + indicator.perspective().orElseThrow() + "; declare 'proxy' with a sentence why");
            }
        }
        for (Floor floor : set.floors()) {
            Indicator indicator = known(set, floor.indicator());
            if (indicator != null && indicator.form() != Form.THRESHOLD) {
                problem(
                        "",
                        "boundary set '" + set.id() + "': '" + floor.indicator() + "' has a floor but the form "
                                + indicator.form().name().toLowerCase(java.util.Locale.ROOT));
            } else if (indicator != null && !floor.agreesWith(indicator.direction())) {
                problem(
                        "",
                        "boundary set '" + set.id() + "': the worst value "
                                + floor.worst().orElseThrow() + " of '" + floor.indicator()
                                + "' lies on the better side of its floor " + floor.value());
            }
        }
    }

    private Indicator known(Catalogue.BoundarySet set, String id) {
        Indicator indicator = office.catalogue().indicators().get(id);
        if (indicator == null) {
            problem(
                    "",
                    "boundary set '" + set.id() + "': there is no indicator '" + id + "'."
                            + NearMiss.hint(id, office.catalogue().indicators().keySet()));
        }
        return indicator;
    }

    private void problem(String pointer, String message) {
        problems.add(new Problem(file.path(), file.line(pointer), message));
    }
}
