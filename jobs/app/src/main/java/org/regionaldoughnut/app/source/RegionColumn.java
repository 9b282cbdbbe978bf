package org.regionaldoughnut.app.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/** The column whose values a region scheme knows best; one called like a region wins among equals. */
final class RegionColumn {
    private static final double CLEARLY = 0.05;

    private RegionColumn() {}

    /**
     * @param schemes those that the office can place
     * @param known the column, where the layout tells it
     */
    static String propose(Draft draft, Set<String> schemes, Optional<String> known) {
        Proposal proposal = draft.proposal();
        List<String> candidates =
                new ArrayList<>(known.map(List::of).orElse(draft.roles().of("region")));
        boolean isNamed = !candidates.isEmpty();
        if (known.isEmpty()) {
            draft.left().stream().filter(name -> !candidates.contains(name)).forEach(candidates::add);
        }
        String best = null;
        References.Match match = null;
        for (String name : candidates) {
            Optional<References.Match> found =
                    draft.references().scheme(draft.sample().values(name), schemes);
            if (found.isPresent() && (match == null || found.get().share() > match.share() + CLEARLY)) {
                best = name;
                match = found.get();
            }
        }
        if (best == null) {
            if (!isNamed) {
                throw new DoughnutException(
                        ExitCode.CONFIGURATION,
                        "Cannot find the region: no column holds codes that schemas/ knows. Add a list of the regions "
                                + "to schemas/codelists/regions-<scheme>.csv or schemas/correspondences, and ask again.");
            }
            best = candidates.get(0);
            proposal.column("region", Proposal.from(best));
            proposal.column("region_scheme", "{constant: ADD-A-SCHEME}");
            proposal.reason("region from '" + best + "' by its name");
            proposal.note("no scheme in schemas/ knows the codes of '" + best + "': add one");
            draft.left().remove(best);
            return best;
        }
        proposal.column("region", Proposal.from(best));
        proposal.column("region_scheme", "{constant: " + match.name() + "}");
        proposal.reason(String.format(
                Locale.ROOT,
                "region from '%s': %.0f %% of its codes are of the scheme %s",
                best,
                100 * match.share(),
                match.name()));
        if (match.share() < 1) {
            proposal.note(
                    "codes that the scheme does not know are quarantined when harmonised: leave them out with where");
        }
        draft.left().remove(best);
        return best;
    }
}
