package org.regionaldoughnut.indicators;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/** In which unit or currency the figures of each term are: there must be one, or they cannot be added. */
final class Denominations {
    private final List<Request> requests;
    private final Map<Integer, String> known = new TreeMap<>();

    Denominations(List<Request> requests) {
        this.requests = requests;
    }

    /**
     * @param unit of some figures that feed the request; null where they name none
     * @throws DoughnutException where figures that are to be added are in several
     */
    void met(int request, String unit) {
        if (unit == null || !requests.get(request).term().value().equals("value")) {
            return;
        }
        String before = known.putIfAbsent(request, unit);
        if (before != null && !before.equals(unit)) {
            Request its = requests.get(request);
            boolean inOrder = before.compareTo(unit) < 0;
            throw new DoughnutException(
                    ExitCode.CONFIGURATION,
                    "Cannot compute a term of the series '" + its.series() + "': the rows where "
                            + its.term().where().orElse("(all)") + " are in " + (inOrder ? before : unit)
                            + " and in " + (inOrder ? unit : before)
                            + ", which cannot be added. Choose one by the term's condition in conf/indicators, or"
                            + " convert them in the sources.");
        }
    }
}
