package org.regionaldoughnut.office;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.regionaldoughnut.model.Boundary;
import org.regionaldoughnut.model.Floor;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.NearMiss;

/** What no single file can tell: whether the files of an office agree with each other. */
final class OfficeCheck {
    private final Office office;
    private final YamlFile file;
    private final List<Problem> problems;

    OfficeCheck(Office office, YamlFile file, List<Problem> problems) {
        this.office = office;
        this.file = file;
        this.problems = problems;
    }

    void run() {
        boundarySets();
        frameworks();
        correspondences("/regions/correspondences", office.regions().correspondences());
        conversions();
        Set<String> series = new TreeSet<>();
        office.sources().values().forEach(source -> series.addAll(source.allSeries()));
        office.population()
                .filter(p -> !series.contains(p.series()))
                .ifPresent(p -> problem(
                        "/population/series",
                        "no source has the series '" + p.series() + "'." + NearMiss.hint(p.series(), series)));
        statistics();
        new PublicationCheck(office, this::problem).run();
        new CatalogueCheck(office, problems).run();
        office.catalogue().boundarySets().values().forEach(this::boundaries);
    }

    private void correspondences(String where, List<String> names) {
        for (String name : names) {
            if (!office.correspondenceFile(name).toFile().isFile()) {
                problem(
                        where,
                        "there is no correspondence " + office.home().relativize(office.correspondenceFile(name)));
            }
        }
    }

    private void conversions() {
        Set<String> convertible = new TreeSet<>();
        office.contracts().values().forEach(contract -> contract.columnNames().stream()
                .filter(name -> !name.equals("region"))
                .filter(name -> contract.column(name + "_scheme").isPresent())
                .forEach(convertible::add));
        office.conversions().forEach((column, names) -> {
            String where = "/conversions/" + column;
            if (!convertible.contains(column)) {
                problem(
                        where,
                        "no table has the columns '" + column + "' and '" + column + "_scheme'."
                                + NearMiss.hint(column, convertible));
            }
            correspondences(where, names);
        });
    }

    private void frameworks() {
        Set<String> known = office.catalogue().frameworks().keySet();
        int index = 0;
        for (var framework : office.settings().at("/doughnut/frameworks")) {
            if (!known.contains(framework.asText())) {
                problem(
                        "/doughnut/frameworks/" + index,
                        "there is no framework '" + framework.asText() + "'."
                                + NearMiss.hint(framework.asText(), known));
            }
            index++;
        }
    }

    private void boundarySets() {
        Set<String> known = office.catalogue().boundarySets().keySet();
        boundarySet("/boundary_set", office.boundarySet(), known);
        int index = 0;
        for (var set : office.settings().path("boundary_sets")) {
            boundarySet("/boundary_sets/" + index++, set.asText(), known);
        }
        for (Framework framework : office.catalogue().frameworks().values()) {
            framework
                    .boundarySet()
                    .filter(set -> !known.contains(set))
                    .flatMap(set -> office.catalogue()
                            .origins()
                            .problem(
                                    Origins.Kind.FRAMEWORK,
                                    framework.id(),
                                    "/boundary_set",
                                    "there is no boundary set '" + set + "'." + NearMiss.hint(set, known)))
                    .ifPresent(problems::add);
        }
    }

    private void boundarySet(String at, String set, Set<String> known) {
        if (!known.contains(set)) {
            problem(at, "there is no boundary set '" + set + "'." + NearMiss.hint(set, known));
        }
    }

    private void statistics() {
        StatisticsRules rules = office.statistics();
        for (int i = 0; i < rules.windows().size(); i++) {
            if (rules.windows().get(i).from() > rules.windows().get(i).to()) {
                problem("/statistics/windows/" + i, "the window ends before it begins");
            }
        }
        for (int i = 0; i < rules.groups().size(); i++) {
            String at = "/statistics/groups/" + i;
            StatisticsRules.Grouping grouping = rules.groups().get(i);
            Set<String> indicators = office.catalogue().indicators().keySet();
            grouping.percentiles()
                    .map(StatisticsRules.Percentiles::indicator)
                    .filter(id -> !indicators.contains(id))
                    .ifPresent(
                            id -> problem(at, "there is no indicator '" + id + "'." + NearMiss.hint(id, indicators)));
            Set<String> seen = new TreeSet<>();
            grouping.members().forEach((group, codes) -> codes.stream()
                    .filter(code -> !seen.add(code))
                    .forEach(code -> problem(at, "the region " + code + " stands in two groups")));
        }
    }

    private void boundaries(Catalogue.BoundarySet set) {
        for (int i = 0; i < set.boundaries().size(); i++) {
            Boundary boundary = set.boundaries().get(i);
            String at = "/boundaries/" + i;
            known(set, at, boundary.indicator()).ifPresent(indicator -> boundary(set, at, boundary, indicator));
            boundary.weight().ifPresent(weight -> known(set, at + "/weight", weight.indicator()));
            set.boundaries().subList(0, i).stream()
                    .filter(earlier -> earlier.indicator().equals(boundary.indicator())
                            && earlier.validity().overlaps(boundary.validity()))
                    .forEach(earlier -> problem(
                            set, at, "two boundaries of '" + boundary.indicator() + "' hold in the same years"));
        }
        for (int i = 0; i < set.floors().size(); i++) {
            Floor floor = set.floors().get(i);
            String at = "/floors/" + i;
            known(set, at, floor.indicator()).ifPresent(indicator -> floor(set, at, floor, indicator));
            set.floors().subList(0, i).stream()
                    .filter(earlier -> earlier.indicator().equals(floor.indicator())
                            && earlier.validity().overlaps(floor.validity()))
                    .forEach(earlier ->
                            problem(set, at, "two floors of '" + floor.indicator() + "' hold in the same years"));
        }
    }

    private void boundary(Catalogue.BoundarySet set, String at, Boundary boundary, Indicator indicator) {
        boolean differs = boundary.perspective().isPresent()
                && indicator.perspective().isPresent()
                && !boundary.perspective().equals(indicator.perspective());
        if (differs && indicator.proxy().isEmpty()) {
            problem(
                    set,
                    at,
                    "the boundary of '" + boundary.indicator() + "' is "
                            + boundary.perspective().orElseThrow() + ", the indicator "
                            + indicator.perspective().orElseThrow() + "; declare 'proxy' with a sentence why");
        }
        units(set, at, boundary.unit(), indicator);
    }

    private void floor(Catalogue.BoundarySet set, String at, Floor floor, Indicator indicator) {
        if (indicator.form() != Form.THRESHOLD) {
            problem(
                    set,
                    at,
                    "'" + floor.indicator() + "' has a floor but the form "
                            + indicator.form().name().toLowerCase(Locale.ROOT));
        } else if (!floor.agreesWith(indicator.direction())) {
            problem(
                    set,
                    at,
                    "the worst value " + floor.worst().orElseThrow() + " of '" + floor.indicator()
                            + "' lies on the better side of its floor " + floor.value());
        }
        units(set, at, floor.unit(), indicator);
    }

    private void units(Catalogue.BoundarySet set, String at, String unit, Indicator indicator) {
        if (!unit.isEmpty() && !unit.equals(indicator.unit())) {
            problem(
                    set,
                    at + "/unit",
                    "'" + indicator.id() + "' is in " + indicator.unit() + ", not in " + unit
                            + "; both must have one unit");
        }
    }

    private Optional<Indicator> known(Catalogue.BoundarySet set, String at, String id) {
        Map<String, Indicator> indicators = office.catalogue().indicators();
        if (!indicators.containsKey(id)) {
            problem(set, at, "there is no indicator '" + id + "'." + NearMiss.hint(id, indicators.keySet()));
        }
        return Optional.ofNullable(indicators.get(id));
    }

    private void problem(Catalogue.BoundarySet set, String at, String message) {
        office.catalogue()
                .origins()
                .problem(Origins.Kind.BOUNDARY_SET, set.id(), at, "boundary set '" + set.id() + "': " + message)
                .ifPresent(problems::add);
    }

    private void problem(String pointer, String message) {
        problems.add(new Problem(file.path(), file.line(pointer), message));
    }
}
