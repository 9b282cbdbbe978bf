package org.regionaldoughnut.app.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.regionaldoughnut.office.CsvTable;

/** What schemas/ knows of codes: region schemes, status texts, units and what columns are usually called. */
final class References {
    private final Map<String, Set<String>> schemes = new TreeMap<>();
    private final Map<String, Set<String>> statuses = new TreeMap<>();
    private final Map<String, String> units = new LinkedHashMap<>();
    private final Map<String, String> bases = new TreeMap<>();
    private final Map<String, String> variableUnits = new TreeMap<>();
    private final Map<String, String> tables = new TreeMap<>();
    private final List<Map<String, String>> roles;

    References(Path home) {
        Path codelists = home.resolve("schemas/codelists");
        for (Path file : csv(codelists)) {
            String name = file.getFileName().toString().replace(".csv", "");
            if (name.startsWith("regions-")) {
                CsvTable.read(file, "code", "scheme").rows().forEach(row -> scheme(row.get("scheme"), row.get("code")));
            } else if (name.startsWith("obs-status-")) {
                Set<String> received = new HashSet<>();
                CsvTable.read(file, "received").rows().forEach(row -> received.add(row.get("received")));
                statuses.put(name, received);
            }
        }
        for (Path file : csv(home.resolve("schemas/correspondences"))) {
            // not every table there leads from code to code
            CsvTable.read(file).rows().stream()
                    .filter(row -> row.containsKey("from_scheme"))
                    .forEach(row -> scheme(row.get("from_scheme"), row.get("from")));
        }
        CsvTable.read(codelists.resolve("countries.csv"), "alpha3", "numeric")
                .rows()
                .forEach(row -> {
                    scheme("ISO-3166", row.get("alpha3"));
                    scheme("ISO-3166-NUMERIC", row.get("numeric").replaceFirst("^0+", ""));
                });
        CsvTable.read(codelists.resolve("iso-3166-2.csv"), "code")
                .rows()
                .forEach(row -> scheme("ISO-3166", row.get("code")));
        CsvTable.read(codelists.resolve("units.csv"), "unit", "base").rows().forEach(row -> {
            units.put(row.get("unit"), row.get("unit"));
            bases.put(row.get("unit"), row.get("base"));
        });
        CsvTable.read(codelists.resolve("variables.csv"), "variable", "unit")
                .rows()
                .forEach(row -> variableUnits.put(row.get("variable"), row.get("unit")));
        CsvTable.read(codelists.resolve("tables-received.csv"), "received", "variable")
                .rows()
                .forEach(row -> tables.put(row.get("received"), row.get("variable")));
        CsvTable.read(codelists.resolve("units-received.csv"), "received", "unit")
                .rows()
                .forEach(row -> units.put(row.get("received"), row.get("unit")));
        roles = CsvTable.read(codelists.resolve("column-roles.csv"), "name", "beside", "role")
                .rows();
    }

    private void scheme(String scheme, String code) {
        schemes.computeIfAbsent(scheme, s -> new HashSet<>()).add(code);
    }

    private static List<Path> csv(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".csv")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param share of the values that the scheme has */
    record Match(String name, double share) {}

    /** The scheme that has most of the codes; of equals the one the office uses, then the one with fewest codes. */
    Optional<Match> scheme(Set<String> codes, Set<String> preferred) {
        Match best = null;
        for (Map.Entry<String, Set<String>> entry : schemes.entrySet()) {
            double share = share(codes, entry.getValue());
            boolean better = best == null
                    || share > best.share()
                    || share == best.share()
                            && (preferred.contains(entry.getKey()) && !preferred.contains(best.name())
                                    || !preferred.contains(best.name())
                                            && entry.getValue().size()
                                                    < schemes.get(best.name()).size());
            if (share > 0 && better) {
                best = new Match(entry.getKey(), share);
            }
        }
        return Optional.ofNullable(best);
    }

    /** The list of status texts that has most of the received ones. */
    Optional<Match> statuses(Set<String> received) {
        return statuses.entrySet().stream()
                .map(e -> new Match(e.getKey(), share(received, e.getValue())))
                .filter(m -> m.share() > 0)
                .max(java.util.Comparator.comparingDouble(Match::share));
    }

    private static double share(Set<String> some, Set<String> of) {
        return some.isEmpty() ? 0 : (double) some.stream().filter(of::contains).count() / some.size();
    }

    /** The unit that a received text stands for. */
    Optional<String> unit(String received) {
        return Optional.ofNullable(units.get(received));
    }

    /** What the publisher's table of that name measures. */
    Optional<String> variableOf(String table) {
        return Optional.ofNullable(tables.get(table));
    }

    /** The unit in which a variable is kept. */
    Optional<String> unitOf(String variable) {
        return Optional.ofNullable(variableUnits.get(variable));
    }

    /** Whether figures in one unit can be had in the other. */
    boolean measureTheSame(String unit, String other) {
        return bases.containsKey(unit) && bases.get(unit).equals(bases.get(other));
    }

    /**
     * What a column usually holds.
     *
     * @param role period, region, value, status, unit, series, partner, product, level, mass, confidentiality,
     *     frequency or note
     * @param factor what its numbers are multiplied by; empty for 1
     * @param unit of its numbers then; empty where another column tells
     */
    record Role(String role, String factor, String unit) {}

    /** What a column of that name usually holds, given the other names of the header. */
    Optional<Role> role(String name, List<String> header) {
        String lower = name.toLowerCase(Locale.ROOT);
        return roles.stream()
                .filter(row -> row.get("name").equals(lower))
                .filter(row -> row.get("beside").isEmpty()
                        || header.stream().anyMatch(h -> h.equalsIgnoreCase(row.get("beside"))))
                .map(row -> new Role(row.get("role"), row.get("factor"), row.get("unit")))
                .findFirst();
    }
}
