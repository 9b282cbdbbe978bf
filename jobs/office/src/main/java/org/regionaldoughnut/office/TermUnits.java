package org.regionaldoughnut.office;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.regionaldoughnut.model.Term;

/**
 * Units of terms as far as the configuration tells them: what the term itself says; of census figures the unit of their
 * variable; of trade the currency of its sources or the unit in the column's name; of emissions the unit of their
 * sources.
 */
final class TermUnits {
    private static final Pattern VARIABLE = Pattern.compile("(?<![\\w.])variable\\s*=\\s*'([^']+)'");
    private static final Pattern CHOICE = Pattern.compile("(?<![\\w.])(?:currency|unit)\\s*(?:=|in\\s*\\()\\s*'");

    private final Office office;
    private final Map<String, String> ofVariable = new TreeMap<>();

    TermUnits(Office office) {
        this.office = office;
        if (office.codelistFile("variables").toFile().isFile()) {
            for (Map<String, String> row : CsvTable.read(office.codelistFile("variables"), "variable", "unit")
                    .rows()) {
                ofVariable.put(row.get("variable"), row.get("unit"));
            }
        }
    }

    /** The unit of the term, none where it is not known. */
    Optional<String> of(Term term) {
        if (term.unit().isPresent()) {
            return term.unit();
        }
        if (term.indicator().isPresent()) {
            return Optional.ofNullable(
                            office.catalogue().indicators().get(term.indicator().get()))
                    .map(indicator -> indicator.unit());
        }
        if (term.table().equals("trade") && term.value().endsWith("_kg")) {
            return Optional.of("kg");
        }
        if (!term.value().equals("value")) {
            return Optional.empty();
        }
        if (term.table().equals("census")) {
            Matcher variable = VARIABLE.matcher(term.where().orElse(""));
            return variable.find() ? Optional.ofNullable(ofVariable.get(variable.group(1))) : Optional.empty();
        }
        Set<String> constants = several(term);
        return constants.size() == 1 ? constants.stream().findFirst() : Optional.empty();
    }

    /** Units that sources declare for the series the term takes; empty where its condition chooses among them. */
    Set<String> several(Term term) {
        String column = term.table().equals("trade") ? "currency" : "unit";
        Set<String> constants = new TreeSet<>();
        if (!term.value().equals("value")
                || term.table().equals("census")
                || CHOICE.matcher(term.where().orElse("")).find()) {
            return constants;
        }
        for (String series : term.series()) {
            Set<String> here = new TreeSet<>();
            for (Source source : office.sources().values()) {
                boolean feeds = source.contract().equals(term.table())
                        && source.allSeries().contains(series);
                Optional<String> constant =
                        Optional.ofNullable(source.columns().get(column)).flatMap(ColumnMapping::constant);
                if (feeds) {
                    constant.ifPresent(here::add);
                }
            }
            if (!here.isEmpty()) {
                return here;
            }
        }
        return constants;
    }
}
