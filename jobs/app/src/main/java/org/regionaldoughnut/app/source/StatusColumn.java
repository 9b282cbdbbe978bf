package org.regionaldoughnut.app.source;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The observation status, where a column holds texts that a list of schemas/ knows. */
final class StatusColumn {
    private StatusColumn() {}

    static void propose(Draft draft) {
        List<String> columns = draft.roles().of("status");
        if (columns.isEmpty()) {
            return;
        }
        String column = columns.get(0);
        Set<String> received = draft.sample().values(column);
        Optional<References.Match> list = draft.references().statuses(received);
        if (received.isEmpty() || list.isEmpty()) {
            return;
        }
        Proposal proposal = draft.proposal();
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
        if (flags && received.stream().anyMatch(flag -> flag.contains("c"))) {
            proposal.column("conf_status", "\"case when " + column + " like '%c%' then 'C' end\"");
        }
    }
}
