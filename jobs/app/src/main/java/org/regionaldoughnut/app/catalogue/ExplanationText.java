package org.regionaldoughnut.app.catalogue;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.indicators.Explanation;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Source;

/** An explanation as text for eyes, or as a tree for JSON. */
public final class ExplanationText {
    private static final int HASH_SHOWN = 8;
    private static final double SAME = 1e-9;
    private final Office office;
    private final Explanation explanation;
    private final int most;

    /** @param most how many regions and codes are shown for each term */
    public ExplanationText(Office office, Explanation explanation, int most) {
        this.office = office;
        this.explanation = explanation;
        this.most = most;
    }

    public void print(PrintWriter out) {
        Explanation.Stored stored = explanation.stored();
        out.println(
                explanation.indicator().title() + " (" + explanation.indicator().id() + ") of "
                        + explanation.regionName() + " (" + explanation.region() + "), " + explanation.period()
                        + (stored.breakdown().equals("_T") ? "" : ", " + stored.breakdown()));
        out.println();
        out.println("value      "
                + stored.value().map(v -> Texts.number(v) + " " + stored.unit()).orElse("missing"));
        stored.reason().ifPresent(reason -> out.println("reason     " + reason));
        out.println("status     " + stored.obsStatus() + ", " + stored.origin().replace('_', ' ') + coverage(stored));
        out.println("means      " + explanation.indicator().formulaText());
        explanation.indicator().formula().ifPresent(formula -> out.println("formula    " + formula));
        explanation.withNumbers().ifPresent(text -> out.println("           = " + text));
        explanation.recomputed().ifPresent(value -> out.println("           = " + Texts.number(value)));
        disagreement().ifPresent(text -> out.println("note       " + text));
        explanation.comparison().ifPresent(comparison -> print(comparison, out));
        explanation.terms().forEach(part -> print(part, out));
        out.flush();
    }

    private void print(Explanation.Comparison comparison, PrintWriter out) {
        out.println();
        out.println("compared with the sum of " + comparison.regions() + " regions of level " + comparison.level()
                + "; shares that differ most:");
        List<Explanation.Share> shares = comparison.shares();
        for (Explanation.Share share : shares.subList(0, Math.min(most, shares.size()))) {
            out.println(String.format(
                    java.util.Locale.ROOT,
                    "    %s  %.3f %% here, %.3f %% of all%s",
                    share.code(),
                    share.own() * 100,
                    share.all() * 100,
                    share.quotient().map(q -> ", quotient " + Texts.number(q)).orElse("")));
        }
        if (shares.size() > most) {
            out.println("    and " + (shares.size() - most) + " more");
        }
    }

    private static String coverage(Explanation.Stored stored) {
        return stored.coverageRegions()
                        .map(c -> ", " + Texts.number(Math.round(c * 1000) / 10.0) + " % of the regions below")
                        .orElse("")
                + stored.coveragePeople()
                        .map(c -> ", " + Texts.number(Math.round(c * 1000) / 10.0) + " % of the people")
                        .orElse("");
    }

    private Optional<String> disagreement() {
        return explanation
                .recomputed()
                .flatMap(again -> explanation
                        .stored()
                        .value()
                        .filter(value -> Math.abs(value - again) > SAME * Math.max(1, Math.abs(value))))
                .map(value -> "the table says " + Texts.number(value)
                        + ": it was computed from other figures. 'doughnut plan' says what has changed.");
    }

    private void print(Explanation.Part part, PrintWriter out) {
        out.println();
        if (part.aggregate().equals("indicator")) {
            out.println(part.name() + " = " + value(part) + ": the indicator " + part.series() + " of " + part.period()
                    + "; see 'doughnut indicators explain " + part.series() + " --region " + explanation.region()
                    + " --period " + part.period() + "'");
            return;
        }
        out.println(part.name() + " = " + value(part) + ": " + part.aggregate() + " over " + part.rowCount()
                + (part.rowCount() == 1 ? " row" : " rows") + " of " + part.period());
        String from = part.table() + ", series " + part.series();
        out.println("  " + from + part.where().map(w -> ", where " + w).orElse(""));
        office.sources().values().stream()
                .filter(source -> source.allSeries().contains(part.series()))
                .findFirst()
                .ifPresent(source -> out.println("  " + source.title() + "; " + source.publisher()));
        if (part.regions().size() > 1) {
            amounts(out, "regions", part.regions());
        }
        if (!part.codes().isEmpty()) {
            amounts(out, "parts", part.codes());
        }
        if (!part.rows().isEmpty()) {
            out.println("  received rows" + (part.rowCount() > part.rows().size() ? ", the greatest first:" : ":"));
            part.rows().forEach(row -> out.println("    " + line(row)));
            long more = part.rowCount() - part.rows().size();
            if (more > 0) {
                out.println("    and " + more + " more; --rows N shows more");
            }
        }
    }

    private void amounts(PrintWriter out, String what, List<Explanation.Amount> amounts) {
        double all = amounts.stream().mapToDouble(Explanation.Amount::value).sum();
        out.println("  " + amounts.size() + " " + what + ", the greatest first:");
        for (Explanation.Amount amount : amounts.subList(0, Math.min(most, amounts.size()))) {
            String name = amount.name().equals(amount.code()) ? "" : " " + amount.name();
            String share =
                    all == 0 ? "" : String.format(java.util.Locale.ROOT, " (%.1f %%)", amount.value() / all * 100);
            out.println("    " + amount.code() + name + "  " + Texts.number(amount.value()) + share);
        }
        if (amounts.size() > most) {
            out.println("    and " + (amounts.size() - most) + " more");
        }
    }

    private static String line(Explanation.SourceRow row) {
        return row.region() + "  " + row.value().map(Texts::number).orElse("no figure") + " " + row.obsStatus() + "  "
                + row.file() + ", line " + row.line() + ", cell " + row.cell()
                + row.received().map(text -> " '" + text + "'").orElse("") + "; batch "
                + row.batch().substring(0, Math.min(HASH_SHOWN, row.batch().length())) + ", known since "
                + row.knownSince().toString().substring(0, 10);
    }

    private static String value(Explanation.Part part) {
        return part.value().map(Texts::number).orElse("missing");
    }

    public Map<String, Object> tree() {
        Explanation.Stored stored = explanation.stored();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("indicator", explanation.indicator().id());
        tree.put("title", explanation.indicator().title());
        tree.put("region", explanation.region());
        tree.put("region_name", explanation.regionName());
        tree.put("period", explanation.period());
        tree.put("breakdown", stored.breakdown());
        tree.put("value", stored.value().orElse(null));
        tree.put("unit", stored.unit());
        tree.put("obs_status", stored.obsStatus());
        tree.put("origin", stored.origin());
        tree.put("coverage_regions", stored.coverageRegions().orElse(null));
        tree.put("coverage_population", stored.coveragePeople().orElse(null));
        tree.put("reason", stored.reason().orElse(null));
        tree.put("formula_text", explanation.indicator().formulaText());
        tree.put("formula", explanation.indicator().formula().orElse(null));
        tree.put("formula_with_numbers", explanation.withNumbers().orElse(null));
        tree.put("recomputed", explanation.recomputed().orElse(null));
        tree.put(
                "comparison",
                explanation.comparison().map(ExplanationText::tree).orElse(null));
        tree.put("terms", explanation.terms().stream().map(this::tree).toList());
        return tree;
    }

    private static Map<String, Object> tree(Explanation.Comparison comparison) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("level", comparison.level());
        tree.put("regions", comparison.regions());
        List<Map<String, Object>> shares = new ArrayList<>();
        for (Explanation.Share share : comparison.shares()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("code", share.code());
            one.put("share", share.own());
            one.put("share_of_all", share.all());
            one.put("quotient", share.quotient().orElse(null));
            shares.add(one);
        }
        tree.put("shares", shares);
        return tree;
    }

    private Map<String, Object> tree(Explanation.Part part) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("term", part.name());
        tree.put("value", part.value().orElse(null));
        tree.put("aggregate", part.aggregate());
        tree.put("table", part.table());
        tree.put("series", part.series());
        tree.put("where", part.where().orElse(null));
        tree.put("period", part.period());
        Optional<Source> source = office.sources().values().stream()
                .filter(s -> s.allSeries().contains(part.series()))
                .findFirst();
        tree.put("publisher", source.map(Source::publisher).orElse(null));
        tree.put("licence", source.map(Source::licence).orElse(null));
        tree.put("regions", amounts(part.regions()));
        tree.put("codes", amounts(part.codes()));
        tree.put("row_count", part.rowCount());
        tree.put("rows", part.rows().stream().map(ExplanationText::tree).toList());
        return tree;
    }

    private static List<Map<String, Object>> amounts(List<Explanation.Amount> amounts) {
        List<Map<String, Object>> list = new ArrayList<>();
        for (Explanation.Amount amount : amounts) {
            Map<String, Object> tree = new LinkedHashMap<>();
            tree.put("code", amount.code());
            tree.put("name", amount.name());
            tree.put("value", amount.value());
            list.add(tree);
        }
        return list;
    }

    private static Map<String, Object> tree(Explanation.SourceRow row) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("source", row.source());
        tree.put("batch", row.batch());
        tree.put("file", row.file());
        tree.put("line", row.line());
        tree.put("cell", row.cell());
        tree.put("region", row.region());
        tree.put("period", row.period());
        tree.put("value", row.value().orElse(null));
        tree.put("obs_status", row.obsStatus());
        tree.put("received", row.received().orElse(null));
        tree.put("known_since", row.knownSince().toString());
        return tree;
    }
}
