package org.regionaldoughnut.app.source;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The unit of the figures. */
final class UnitColumn {
    private UnitColumn() {}

    /** @param variable what is measured, where it is known */
    static void propose(Draft draft, Optional<String> variable) {
        Proposal proposal = draft.proposal();
        Optional<String> wanted = variable.flatMap(draft.references()::unitOf);
        Optional<String> column = draft.roles().of("unit").stream()
                .filter(name -> !draft.sample().values(name).isEmpty())
                .findFirst();
        if (column.isEmpty()) {
            proposal.column("unit", "{constant: " + Proposal.text(wanted.orElse("COUNT")) + "}");
            if (wanted.isPresent()) {
                proposal.note("unit: no column tells it; taken to be that of the variable, " + wanted.get());
            } else {
                proposal.note("unit: no column tells it; write one of schemas/codelists/units.csv");
            }
            return;
        }
        Map<String, String> codes = new LinkedHashMap<>();
        for (String received : draft.sample().values(column.get())) {
            codes.put(received, draft.references().unit(received).orElse(received));
        }
        List<String> others = wanted.map(unit -> codes.entrySet().stream()
                        .filter(e -> !draft.references().measureTheSame(unit, e.getValue()))
                        .map(Map.Entry::getKey)
                        .toList())
                .orElse(List.of());
        if (!others.isEmpty() && others.size() < codes.size()) {
            codes.keySet().removeAll(others);
            proposal.where(codes.keySet().stream()
                    .map(code -> "'" + code.replace("'", "''") + "'")
                    .collect(Collectors.joining(", ", "`" + column.get() + "` in (", ")")));
            proposal.reason("figures in " + String.join(", ", others) + " are left out: " + variable.orElseThrow()
                    + " is measured in " + wanted.orElseThrow());
        }
        codes.values().stream()
                .filter(unit -> draft.references().unit(unit).isEmpty())
                .forEach(unit -> proposal.note(
                        "unit '" + unit + "' is not in schemas/codelists/units.csv: add it, or map it to one that is"));
        proposal.column(
                "unit",
                codes.entrySet().stream()
                        .map(e -> Proposal.text(e.getKey()) + ": " + Proposal.text(e.getValue()))
                        .collect(Collectors.joining(
                                ", ", "{from: " + Proposal.text(column.get()) + ", codes: {", "}}")));
        proposal.reason("unit from '" + column.get() + "'");
    }
}
