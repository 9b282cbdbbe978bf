package org.regionaldoughnut.app.source;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Partner, product, value and mass of flows of trade. */
final class TradeColumns {
    private TradeColumns() {}

    /** @param value the column of the value; none where the layout tells it */
    static void propose(Draft draft, Optional<String> value) {
        Proposal proposal = draft.proposal();
        proposal.reason("a partner beside the region: trade");
        draft.roles().of("partner").stream()
                .findFirst()
                .ifPresent(partner -> proposal.column("partner", Proposal.from(partner)));
        if (!proposal.has("flow")) {
            proposal.column("flow", "{constant: export}");
            proposal.note("flow: the region is taken for the exporter");
        }
        product(draft);
        level(draft);
        value.ifPresent(name -> {
            References.Role of = draft.roles().role(name).orElse(new References.Role("value", "", ""));
            draft.missingWords(List.of(name));
            proposal.column("value", Proposal.from(name, of.factor()));
            proposal.column("currency", "{constant: " + (of.unit().isEmpty() ? "EUR" : of.unit()) + "}");
            draft.roles().of("mass").stream().findFirst().ifPresent(mass -> {
                proposal.column(
                        "net_mass_kg",
                        Proposal.from(
                                mass, draft.roles().role(mass).orElseThrow().factor()));
                draft.missingWords(List.of(mass));
            });
        });
        draft.left().clear();
    }

    private static void product(Draft draft) {
        Proposal proposal = draft.proposal();
        List<String> columns = draft.roles().of("product");
        if (columns.isEmpty()) {
            if (!proposal.has("product")) {
                proposal.column("product_scheme", "{constant: \"_Z\"}");
                proposal.column("product", "{constant: \"_T\"}");
            }
            return;
        }
        String column = columns.get(0);
        Set<String> values = draft.sample().values(column);
        boolean lostZero = values.stream().anyMatch(v -> v.matches("[0-9]{5}"))
                && values.stream().anyMatch(v -> v.matches("[0-9]{6}"));
        if (!proposal.has("product_scheme")) {
            proposal.column("product_scheme", "{constant: HS}");
            proposal.note("product_scheme: the edition of the classification is not told; write it, as in HS2017");
        }
        proposal.column("product", lostZero ? "\"lpad(`" + column + "`, 6, '0')\"" : Proposal.from(column));
        if (lostZero) {
            proposal.reason("product codes of five digits have lost their leading zero");
        }
    }

    /** Chapters, headings and subheadings state the same flows: one level is taken. */
    private static void level(Draft draft) {
        draft.roles().of("level").stream().findFirst().ifPresent(column -> {
            Set<String> levels = draft.sample().values(column);
            levels.stream()
                    .filter(level -> level.matches("[0-9]+"))
                    .max(Comparator.comparingInt(Integer::parseInt))
                    .ifPresent(deepest -> {
                        draft.proposal().where("`" + column + "` = '" + deepest + "'");
                        draft.proposal()
                                .reason("'" + column + "' is " + String.join(", ", levels) + ": products of level "
                                        + deepest + " are taken, others state the same flows");
                    });
        });
    }
}
