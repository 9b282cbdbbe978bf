package org.regionaldoughnut.validate;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.office.CsvTable;

/**
 * Codes of a codelist as a rule names them: {@code regions-uk-nuts-2016[level=NUTS1].code}. The version of a list is
 * part of its name; the filter and the column may be left out, the column is then {@code code}.
 */
record CodeReference(String codelist, Optional<Map.Entry<String, String>> filter, String column) {
    private static final Pattern FORM = Pattern.compile(
            "(?<list>([a-z0-9-]+/)?[A-Za-z0-9-]+)(\\[(?<key>[a-z_]+)=(?<value>[^\\]]*)])?(\\.(?<column>[a-z_]+))?");

    /** @throws IllegalArgumentException where the text has another form */
    static CodeReference parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a reference such as regions-uk-nuts-2016[level=NUTS1].code");
        }
        return new CodeReference(
                form.group("list"),
                Optional.ofNullable(form.group("key")).map(key -> Map.entry(key, form.group("value"))),
                Optional.ofNullable(form.group("column")).orElse("code"));
    }

    /** What is wrong with it; empty where the codes can be had. */
    Optional<String> problem(Codelists codelists) {
        Optional<CsvTable> table = codelists.table(codelist);
        if (table.isEmpty()) {
            return Optional.of("there is no codelist '" + codelist + "'." + NearMiss.hint(codelist, codelists.names()));
        }
        Set<String> columns = Codelists.columns(table.get());
        for (String name : filter.map(f -> Set.of(f.getKey(), column)).orElse(Set.of(column))) {
            if (!columns.contains(name)) {
                return Optional.of(
                        "the codelist " + codelist + " has no column '" + name + "'." + NearMiss.hint(name, columns));
            }
        }
        return codes(codelists).isEmpty()
                ? Optional.of("'" + this + "' names no code of the codelist " + codelist)
                : Optional.empty();
    }

    /** The codes, in the order of the list. */
    Set<String> codes(Codelists codelists) {
        Set<String> codes = new LinkedHashSet<>();
        for (Map<String, String> row : codelists.table(codelist).orElseThrow().rows()) {
            boolean meant =
                    filter.map(f -> f.getValue().equals(row.get(f.getKey()))).orElse(true);
            if (meant && row.get(column) != null && !row.get(column).isEmpty()) {
                codes.add(row.get(column));
            }
        }
        return codes;
    }

    @Override
    public String toString() {
        return codelist
                + filter.map(f -> "[" + f.getKey() + "=" + f.getValue() + "]").orElse("") + "." + column;
    }
}
