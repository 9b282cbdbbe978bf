package org.regionaldoughnut.app.source;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.ReferencePeriod;

/** Where the period of a figure is told: in a column, in the names of columns, or above the header. */
final class PeriodColumn {
    private static final Pattern YEAR = Pattern.compile("(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])");
    private static final double MOST = 0.8;

    private PeriodColumn() {}

    /**
     * @param file name of the file, which may tell the year
     * @return the columns that are named by periods, each of which holds figures; none where a column tells it
     */
    static List<String> propose(Draft draft, String file) {
        ReceivedSample sample = draft.sample();
        Proposal proposal = draft.proposal();
        List<String> wide =
                sample.names().stream().filter(PeriodColumn::isPeriod).toList();
        if (wide.size() > 1) {
            proposal.unpivot("^([0-9]{4}.*)$", "period", "value");
            proposal.column("period", Proposal.from("period"));
            proposal.reason(wide.size() + " columns are named by periods, " + wide.get(0) + " to "
                    + wide.get(wide.size() - 1) + ": each cell becomes a row");
            draft.left().removeAll(wide);
            return wide;
        }
        Optional<String> column = column(draft);
        if (column.isEmpty()) {
            above(draft, file);
            return List.of();
        }
        proposal.column("period", Proposal.from(column.get()));
        proposal.reason("period from '" + column.get() + "': its values are periods");
        draft.left().remove(column.get());
        return List.of();
    }

    private static boolean isPeriod(String text) {
        return text.matches("[12][0-9]{3}([-/ ].*)?")
                && ReferencePeriod.parse(text).isPresent();
    }

    private static Optional<String> column(Draft draft) {
        return draft.roles().of("period").stream()
                .filter(name -> draft.sample().share(name, PeriodColumn::isPeriod) > 0.5)
                .findFirst()
                .or(() -> draft.sample().names().stream()
                        .filter(name -> draft.sample().share(name, PeriodColumn::isPeriod) >= MOST)
                        .findFirst());
    }

    /** A label above the header beside which a period stands, or the one year that stands there or in the file's name. */
    private static void above(Draft draft, String file) {
        Proposal proposal = draft.proposal();
        for (List<String> cells : draft.sample().preamble()) {
            if (cells.size() > 1 && ReferencePeriod.parse(cells.get(1)).isPresent()) {
                proposal.column("period", "{preamble: " + Proposal.text(cells.get(0)) + "}");
                proposal.reason("period from the lines above the header: no column holds periods");
                return;
            }
        }
        for (String text : List.of(draft.sample().preamble().toString(), file)) {
            List<String> years = YEAR.matcher(text)
                    .results()
                    .map(MatchResult::group)
                    .distinct()
                    .toList();
            if (years.size() == 1) {
                proposal.column("period", "{constant: \"" + years.get(0) + "\"}");
                proposal.note("period: no column holds periods; " + years.get(0) + " is the only year named above the"
                        + " header or in the file's name");
                return;
            }
        }
        throw new DoughnutException(
                ExitCode.CONFIGURATION,
                "Cannot find the period: neither a column of the file nor a line above its header holds years or other "
                        + "periods. If one year stands for the whole file, write the source by hand with period: "
                        + "{constant: \"2019\"}.");
    }
}
