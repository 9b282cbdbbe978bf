package org.regionaldoughnut.app.source;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is measured: one variable for the file, a column that names it, or a column for each. */
final class VariableColumn {
    private static final Pattern STRUCTURE = Pattern.compile("(?:.*:)?([A-Za-z0-9_]+)(?:\\(.*\\))?");

    private VariableColumn() {}

    /**
     * @param values columns of figures
     * @param file name of the file without its suffixes
     * @return the variable, where it is one that schemas/ knows
     */
    static Optional<String> propose(Draft draft, List<String> values, String id, String file) {
        Proposal proposal = draft.proposal();
        if (values.size() > 1) {
            proposal.unpivot(
                    values.stream().map(VariableColumn::quoted).collect(Collectors.joining("|", "^(", ")$")),
                    "variable",
                    "value");
            proposal.reason(values.size() + " columns hold numbers: each becomes a variable");
            proposal.column("variable", "{from: variable}");
            inTheCodelist(proposal);
            return Optional.empty();
        }
        Optional<String> series = draft.roles().of("series").stream()
                .filter(draft.left()::contains)
                .findFirst();
        series.ifPresent(draft.left()::remove);
        if (series.filter(name -> draft.sample().values(name).size() > 1).isPresent()) {
            proposal.column("variable", Proposal.from(series.get()));
            proposal.reason("'" + series.get() + "' names "
                    + draft.sample().values(series.get()).size() + " variables");
            inTheCodelist(proposal);
            return Optional.empty();
        }
        Optional<String> table = table(draft, series, file);
        Optional<String> known = table.flatMap(draft.references()::variableOf);
        proposal.column("variable", "{constant: " + known.orElse(id) + "}");
        known.ifPresentOrElse(
                variable -> proposal.reason("the table " + table.orElseThrow() + " measures " + variable
                        + ", by schemas/codelists/tables-received.csv"),
                () -> inTheCodelist(proposal));
        return known;
    }

    /** The name the publisher has for the table. */
    private static Optional<String> table(Draft draft, Optional<String> series, String file) {
        for (String column : List.of("STRUCTURE_ID", "DATAFLOW")) {
            Set<String> ids = draft.sample().values(column);
            if (ids.size() == 1) {
                var matcher = STRUCTURE.matcher(ids.iterator().next());
                if (matcher.matches()) {
                    return Optional.of(matcher.group(1).toLowerCase(Locale.ROOT));
                }
            }
        }
        return series.map(name -> draft.sample().values(name))
                .filter(names -> !names.isEmpty())
                .map(names -> names.iterator().next().toLowerCase(Locale.ROOT))
                .or(() -> Optional.of(file));
    }

    private static void inTheCodelist(Proposal proposal) {
        proposal.note(
                "variables must be in schemas/codelists/variables.csv with their unit before figures are harmonised");
    }

    private static String quoted(String name) {
        return name.replaceAll("([\\\\.\\[\\]{}()*+?^$|])", "\\\\$1");
    }
}
