package org.regionaldoughnut.app.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.ReferencePeriod;

/** Proposes how a received file may be read, column by column, each choice with its reason. */
public final class Inference {
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]+)?");
    private static final double MOST = 0.8;
    private static final int FEW = 60;

    private final References references;
    private final Set<String> schemes;

    /**
     * @param home the folder that holds schemas/
     * @param schemes region schemes that the office can place
     */
    public Inference(Path home, Set<String> schemes) {
        this.references = new References(home);
        this.schemes = Set.copyOf(schemes);
    }

    /**
     * The text of a source's YAML with its reasons.
     *
     * @param id of the source, which is the name its file must have
     * @param location written into the YAML
     * @throws DoughnutException where no period, region or value can be found in the file
     */
    public String propose(Path file, String id, String location) {
        FileHead head = FileHead.of(file);
        ReceivedSample sample = ReceivedSample.of(head);
        List<String> left = new ArrayList<>(sample.names());
        Map<String, References.Role> roles = new LinkedHashMap<>();
        for (String name : sample.names()) {
            references.role(name, sample.names()).ifPresent(role -> roles.put(name, role));
        }
        Proposal proposal = new Proposal(id, file, location, head, sample);
        sample.reasons().forEach(proposal::reason);

        List<String> wide = sample.names().stream().filter(Inference::isPeriod).toList();
        boolean unpivotsPeriods = wide.size() > 1;
        Optional<String> column = unpivotsPeriods ? Optional.of("period") : period(sample, roles);
        String period = column.map(Proposal::from).orElseGet(() -> above(sample));
        if (unpivotsPeriods) {
            proposal.unpivot("^([0-9]{4}.*)$", "period", "value");
            proposal.reason(wide.size() + " columns are named by periods, " + wide.get(0) + " to "
                    + wide.get(wide.size() - 1) + ": each cell becomes a row");
            left.removeAll(wide);
        } else if (column.isPresent()) {
            proposal.reason("period from '" + column.get() + "': its values are periods");
            left.remove(column.get());
        } else {
            proposal.reason("period from the lines above the header: no column holds periods");
        }
        String region = region(sample, roles, left, proposal);
        left.remove(region);

        boolean trade = roles.values().stream().anyMatch(r -> r.role().equals("partner"));
        List<String> values = unpivotsPeriods ? List.of("value") : values(sample, roles, left);
        if (values.isEmpty()) {
            throw new DoughnutException(
                    ExitCode.CONFIGURATION,
                    "Cannot propose a source for " + file + ": no column holds numbers. Its columns are: "
                            + String.join(", ", sample.names()) + ". Write the source by hand.");
        }
        left.removeAll(values);
        proposal.region(region);
        proposal.period(period);
        if (trade) {
            trade(sample, roles, left, proposal, values.get(0));
            return proposal.yaml("trade");
        }
        if (values.size() > 1) {
            proposal.unpivot(
                    values.stream().map(Inference::quoted).collect(Collectors.joining("|", "^(", ")$")),
                    "variable",
                    "value");
            proposal.reason(values.size() + " columns hold numbers: each becomes a variable");
            proposal.column("variable", "{from: variable}");
        } else {
            series(sample, roles, left, proposal, id);
        }
        String value = values.size() > 1 ? "value" : values.get(0);
        breakdown(sample, roles, left, region, proposal);
        missing(sample, unpivotsPeriods ? wide : values, proposal);
        unit(sample, roles, proposal);
        status(sample, roles, proposal);
        proposal.column("value", Proposal.from(value));
        return proposal.yaml("census");
    }

    private static boolean isPeriod(String text) {
        return text.matches("[12][0-9]{3}([-/ ].*)?")
                && ReferencePeriod.parse(text).isPresent();
    }

    private static Optional<String> period(ReceivedSample sample, Map<String, References.Role> roles) {
        Optional<String> named = ofRole(roles, "period").stream()
                .filter(name -> share(sample.values(name), Inference::isPeriod) > 0.5)
                .findFirst();
        return named.or(() -> sample.names().stream()
                .filter(name -> share(sample.values(name), Inference::isPeriod) >= MOST)
                .findFirst());
    }

    /** A label above the header beside which a period stands. */
    private static String above(ReceivedSample sample) {
        for (String line : sample.preamble()) {
            List<String> cells = FileHead.cells(line, sample.delimiter());
            if (cells.size() > 1 && ReferencePeriod.parse(cells.get(1)).isPresent()) {
                return "{preamble: " + Proposal.text(cells.get(0)) + "}";
            }
        }
        throw new DoughnutException(
                ExitCode.CONFIGURATION,
                "Cannot find the period: neither a column of the file nor a line above its header holds years or other "
                        + "periods. If one year stands for the whole file, write the source by hand with period: "
                        + "{constant: \"2019\"}.");
    }

    /** The column whose values a region scheme knows best; a column called like one wins among equals. */
    private String region(
            ReceivedSample sample, Map<String, References.Role> roles, List<String> left, Proposal proposal) {
        String best = null;
        References.Match match = null;
        List<String> candidates = new ArrayList<>(ofRole(roles, "region"));
        left.stream().filter(n -> !candidates.contains(n)).forEach(candidates::add);
        for (String name : candidates) {
            Optional<References.Match> found = references.scheme(sample.values(name), schemes);
            if (found.isPresent() && (match == null || found.get().share() > match.share() + 0.05)) {
                best = name;
                match = found.get();
            }
        }
        if (best == null) {
            best = candidates.isEmpty() ? null : candidates.get(0);
            if (ofRole(roles, "region").isEmpty()) {
                throw new DoughnutException(
                        ExitCode.CONFIGURATION,
                        "Cannot find the region: no column holds codes that schemas/ knows. Add a list of the regions "
                                + "to schemas/codelists/regions-<scheme>.csv or schemas/correspondences, and ask again.");
            }
            proposal.scheme("ADD-A-SCHEME", best);
            proposal.reason("region from '" + best + "' by its name; no scheme in schemas/ knows its codes: add one");
            return best;
        }
        proposal.scheme(match.name(), best);
        proposal.reason(String.format(
                Locale.ROOT,
                "region from '%s': %.0f %% of its codes are of the scheme %s",
                best,
                100 * match.share(),
                match.name()));
        if (match.share() < 1) {
            proposal.note(
                    "codes that the scheme does not know are quarantined when harmonised: leave them out with where");
        }
        return best;
    }

    private List<String> values(ReceivedSample sample, Map<String, References.Role> roles, List<String> left) {
        List<String> named = ofRole(roles, "value");
        if (!named.isEmpty()) {
            return List.of(named.get(0));
        }
        return left.stream()
                .filter(name -> !roles.containsKey(name))
                .filter(name ->
                        share(sample.values(name), v -> NUMBER.matcher(plain(v)).matches()) >= MOST)
                .toList();
    }

    private void trade(
            ReceivedSample sample,
            Map<String, References.Role> roles,
            List<String> left,
            Proposal proposal,
            String value) {
        proposal.reason("a partner beside the region: trade");
        References.Role of = roles.getOrDefault(value, new References.Role("value", "", ""));
        proposal.column("partner", Proposal.from(ofRole(roles, "partner").get(0)));
        proposal.column("flow", "{constant: export}");
        proposal.note("flow: the region is taken for the exporter");
        List<String> product = ofRole(roles, "product");
        if (product.isEmpty()) {
            proposal.column("product_scheme", "{constant: \"_Z\"}");
            proposal.column("product", "{constant: \"_T\"}");
        } else {
            boolean short5 = sample.values(product.get(0)).stream().anyMatch(v -> v.matches("[0-9]{5}"));
            boolean long6 = sample.values(product.get(0)).stream().anyMatch(v -> v.matches("[0-9]{6}"));
            proposal.column("product_scheme", "{constant: HS}");
            proposal.column(
                    "product",
                    short5 && long6 ? "\"lpad(`" + product.get(0) + "`, 6, '0')\"" : Proposal.from(product.get(0)));
            if (short5 && long6) {
                proposal.reason("product codes of five digits have lost their leading zero");
            }
        }
        missing(sample, List.of(value), proposal);
        proposal.column("value", Proposal.from(value, of.factor()));
        proposal.column("currency", "{constant: " + (of.unit().isEmpty() ? "EUR" : of.unit()) + "}");
        ofRole(roles, "mass").stream().findFirst().ifPresent(mass -> {
            proposal.column("net_mass_kg", Proposal.from(mass, roles.get(mass).factor()));
            missing(sample, List.of(mass), proposal);
        });
        left.clear();
    }

    private void series(
            ReceivedSample sample,
            Map<String, References.Role> roles,
            List<String> left,
            Proposal proposal,
            String id) {
        Optional<String> column =
                ofRole(roles, "series").stream().filter(left::contains).findFirst();
        if (column.isPresent() && sample.values(column.get()).size() > 1) {
            proposal.column("variable", Proposal.from(column.get()));
            proposal.reason("'" + column.get() + "' names "
                    + sample.values(column.get()).size() + " variables");
        } else {
            proposal.column("variable", "{constant: " + id + "}");
        }
        proposal.note(
                "variables must be in schemas/codelists/variables.csv with their unit before figures are harmonised");
        column.ifPresent(left::remove);
    }

    private void breakdown(
            ReceivedSample sample,
            Map<String, References.Role> roles,
            List<String> left,
            String region,
            Proposal proposal) {
        Map<String, String> dimensions = new TreeMap<>();
        for (String name : left) {
            References.Role role = roles.get(name);
            Set<String> values = sample.values(name);
            boolean ofUnit = role != null && role.role().equals("unit");
            if (role != null && !ofUnit || values.size() <= (ofUnit ? 1 : 0)) {
                continue;
            }
            if (values.size() == 1
                    && sample.rows().stream()
                            .noneMatch(r -> r.getOrDefault(name, "").isEmpty())) {
                proposal.reason("'" + name + "' is always '" + values.iterator().next() + "': left out");
                continue;
            }
            Optional<String> same = sample.names().stream()
                    .filter(other -> !other.equals(name))
                    .filter(other ->
                            sample.names().indexOf(other) < sample.names().indexOf(name) || other.equals(region))
                    .filter(other -> other.equals(region)
                            || dimensions.containsValue(other)
                            || roles.containsKey(other)
                                    && roles.get(other).role().equals("status"))
                    .filter(other -> follows(sample, other, name))
                    .findFirst();
            if (same.isPresent()) {
                proposal.reason("'" + name + "' follows from '" + same.get() + "': a label, left out");
            } else if (values.size() > FEW
                    && sample.rows().stream()
                            .anyMatch(r -> r.getOrDefault(name, "").isEmpty())) {
                proposal.where("`" + name + "` is null");
                proposal.reason("'" + name + "' has " + values.size()
                        + " values or more and is often empty: lines that name one are parts of a region, left out");
            } else if (values.size() > FEW) {
                proposal.reason("'" + name + "' has " + values.size() + " values or more: taken for a label, left out");
            } else {
                dimensions.put(
                        name.toUpperCase(Locale.ROOT)
                                .replaceAll("[^A-Z0-9]+", "_")
                                .replaceAll("^[^A-Z]+|_$", ""),
                        name);
                proposal.reason("'" + name + "' has " + values.size() + " values: a dimension of the breakdown");
            }
        }
        proposal.column(
                "breakdown",
                dimensions.isEmpty()
                        ? "{constant: \"_T\"}"
                        : dimensions.entrySet().stream()
                                .map(e -> e.getKey() + ": " + Proposal.text(e.getValue()))
                                .collect(Collectors.joining(", ", "{dimensions: {", "}}")));
    }

    /** Whether one column's value is told by another's in every row. */
    private static boolean follows(ReceivedSample sample, String of, String name) {
        Map<String, String> first = new LinkedHashMap<>();
        for (Map<String, String> row : sample.rows()) {
            String key = row.getOrDefault(of, "");
            String value = row.getOrDefault(name, "");
            if (!first.computeIfAbsent(key, k -> value).equals(value)) {
                return false;
            }
        }
        return first.size() > 1;
    }

    private void missing(ReceivedSample sample, List<String> columns, Proposal proposal) {
        Set<String> words = new LinkedHashSet<>();
        for (String column : columns) {
            for (String value : sample.values(column)) {
                if (!NUMBER.matcher(plain(value)).matches()) {
                    words.add(value);
                }
            }
        }
        if (!words.isEmpty() && words.size() <= 8) {
            proposal.missing(words);
            proposal.reason("no numbers among the values, taken for missing: " + String.join(", ", words));
        }
    }

    private void unit(ReceivedSample sample, Map<String, References.Role> roles, Proposal proposal) {
        Optional<String> column = ofRole(roles, "unit").stream()
                .filter(name -> !sample.values(name).isEmpty())
                .findFirst();
        if (column.isEmpty()) {
            proposal.column("unit", "{constant: COUNT}");
            proposal.note("unit: no column tells it; write one of schemas/codelists/units.csv");
            return;
        }
        Map<String, String> codes = new LinkedHashMap<>();
        for (String value : sample.values(column.get())) {
            codes.put(value, references.unit(value).orElse(value));
            if (references.unit(value).isEmpty()) {
                proposal.note(
                        "unit '" + value + "' is not in schemas/codelists/units.csv: add it, or map it to one that is");
            }
        }
        proposal.column(
                "unit",
                codes.entrySet().stream()
                        .map(e -> Proposal.text(e.getKey()) + ": " + Proposal.text(e.getValue()))
                        .collect(Collectors.joining(
                                ", ", "{from: " + Proposal.text(column.get()) + ", codes: {", "}}")));
        proposal.reason("unit from '" + column.get() + "'");
    }

    private void status(ReceivedSample sample, Map<String, References.Role> roles, Proposal proposal) {
        List<String> columns = ofRole(roles, "status");
        if (columns.isEmpty()) {
            return;
        }
        String column = columns.get(0);
        Set<String> received = sample.values(column);
        Optional<References.Match> list = references.statuses(received);
        if (received.isEmpty() || list.isEmpty()) {
            return;
        }
        boolean flags = list.get().name().endsWith("eurostat");
        proposal.column(
                "obs_status",
                flags
                        ? "\"concat(case when OBS_VALUE is null then ':' else '' end, coalesce(" + column + ", ''))\""
                        : Proposal.from(column));
        proposal.codes("obs_status", list.get().name());
        proposal.reason(String.format(
                Locale.ROOT,
                "status from '%s': %.0f %% of its texts are in %s",
                column,
                100 * list.get().share(),
                list.get().name()));
        if (flags && received.stream().anyMatch(f -> f.contains("c"))) {
            proposal.column("conf_status", "\"case when " + column + " like '%c%' then 'C' end\"");
        }
    }

    private static List<String> ofRole(Map<String, References.Role> roles, String role) {
        return roles.entrySet().stream()
                .filter(e -> e.getValue().role().equals(role))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static double share(Set<String> values, java.util.function.Predicate<String> condition) {
        return values.isEmpty() ? 0 : (double) values.stream().filter(condition).count() / values.size();
    }

    private static String plain(String value) {
        return value.strip();
    }

    private static String quoted(String name) {
        return name.replaceAll("([\\\\.\\[\\]{}()*+?^$|])", "\\\\$1");
    }
}
