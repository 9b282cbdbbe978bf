package org.regionaldoughnut.indicators;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The indicators of a year in parts that can be computed side by side, each in their order. Rows are sent to every part
 * that needs them, so indicators are kept together that share the term most of them ask for.
 */
final class Slices {
    private Slices() {}

    /**
     * @param ids indicators that depend on their own year alone
     * @param most so many parts
     * @return one part at least
     */
    static List<List<String>> of(List<String> ids, Plan plan, int most) {
        Map<Request, Integer> asked = new HashMap<>();
        ids.forEach(id -> plan.needed(id).forEach(request -> asked.merge(request, 1, Integer::sum)));
        Map<Optional<Request>, List<String>> sharing = new LinkedHashMap<>();
        for (String id : ids) {
            Optional<Request> shared = plan.needed(id).stream().max(Comparator.comparing(asked::get));
            sharing.computeIfAbsent(shared, request -> new ArrayList<>()).add(id);
        }
        double even = (double) ids.size() / most;
        List<List<String>> pieces = new ArrayList<>();
        for (List<String> some : sharing.values()) {
            int parts = (int) Math.max(1, Math.round(some.size() / even));
            int size = (some.size() + parts - 1) / parts;
            for (int first = 0; first < some.size(); first += size) {
                pieces.add(some.subList(first, Math.min(some.size(), first + size)));
            }
        }
        pieces.sort(Comparator.comparing(piece -> -piece.size()));
        List<List<String>> slices = new ArrayList<>(List.of(new ArrayList<>()));
        for (List<String> piece : pieces) {
            if (slices.size() < most && !slices.get(slices.size() - 1).isEmpty()) {
                slices.add(new ArrayList<>());
            }
            Collections.min(slices, Comparator.comparing(List::size)).addAll(piece);
        }
        slices.forEach(Collections::sort);
        return slices;
    }
}
