package org.regionaldoughnut.app.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.office.CsvTable;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.QualityRule;
import org.regionaldoughnut.office.Source;

/** The rule that every flag a source sends is in its list of statuses. Others are kept as received, with a warning. */
final class KnownFlags {
    static final String RULE = "flags-are-known";

    private KnownFlags() {}

    /** The source's own rules, and this one where it names a list of statuses. */
    static List<QualityRule> with(Office office, Source source) {
        String list = source.codes().get("obs_status");
        if (list == null) {
            return source.rules();
        }
        // flags may be written together; longer ones are tried first
        String known = CsvTable.read(office.codelistFile(list), "received").rows().stream()
                .map(row -> row.get("received"))
                .filter(flag -> !flag.isBlank())
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(flag -> flag.replaceAll("[^A-Za-z0-9 ;:_/-]", "."))
                .reduce((one, other) -> one + "|" + other)
                .orElse("");
        List<QualityRule> rules = new ArrayList<>(source.rules());
        rules.add(new QualityRule(
                RULE,
                "ColumnValues \"obs_status\" matches \"^(?>(?:" + known + "| )*)$\" where \"obs_status is not null\"",
                QualityRule.Severity.WARNING,
                Optional.of("conformity"),
                Optional.of("A flag that schemas/codelists/" + list
                        + ".csv does not have is kept as received: nobody knows what it means. Add it there."),
                Optional.empty(),
                QualityRule.Action.FLAG,
                0));
        return rules;
    }
}
