package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.model.Term;
import org.regionaldoughnut.office.Catalogue;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Problem;

/** Whether the SQL of the catalogue is SQL and names columns that the harmonised tables have; needs no data. */
public final class TermCheck {
    /** Columns that harmonised tables have beside those of their contract. */
    private static final Set<String> COMMON = Set.of(
            "source",
            "series",
            "batch",
            "line",
            "cell",
            "region",
            "region_received",
            "year",
            "vintage",
            "superseded",
            "key_hash",
            "value_hash");

    private final Office office;
    private final List<Problem> problems = new ArrayList<>();

    private TermCheck(Office office) {
        this.office = office;
    }

    /** The problems, each with the file and line of the expression. */
    public static List<Problem> check(Office office) {
        TermCheck check = new TermCheck(office);
        office.catalogue().indicators().values().forEach(check::indicator);
        return check.problems;
    }

    private void indicator(Indicator indicator) {
        indicator.terms().forEach((name, term) -> {
            if (term.indicator().isEmpty()) {
                String at = "/terms/" + name;
                term.where().ifPresent(where -> expression(indicator, at + "/where", term.table(), where));
                expression(indicator, at + "/value", term.table(), term.value());
            }
        });
        for (int i = 0; i < indicator.method().breakdowns().size(); i++) {
            String at = "/breakdowns/" + i + "/terms/";
            indicator.method().breakdowns().get(i).terms().forEach((name, part) -> Optional.ofNullable(
                            indicator.terms().get(name))
                    .map(Term::table)
                    .ifPresent(table -> expression(indicator, at + name + "/where", table, part.where())));
        }
    }

    private void expression(Indicator indicator, String at, String table, String text) {
        Set<String> names;
        try {
            names = SqlNames.of(text);
        } catch (IllegalArgumentException e) {
            problem(indicator, at, "'" + text + "' is no SQL expression: " + e.getMessage());
            return;
        }
        Set<String> columns = new TreeSet<>(COMMON);
        Map<String, Contract> contracts = office.contracts();
        if (contracts.containsKey(table)) {
            columns.addAll(contracts.get(table).columnNames());
            names.stream()
                    .filter(name -> !columns.contains(name))
                    .forEach(name -> problem(
                            indicator,
                            at,
                            "the table " + table + " has no column '" + name + "'." + NearMiss.hint(name, columns)));
        }
    }

    private void problem(Indicator indicator, String at, String message) {
        Catalogue catalogue = office.catalogue();
        catalogue
                .origins()
                .problem(indicator.id(), at, "indicator '" + indicator.id() + "': " + message)
                .ifPresent(problems::add);
    }
}
