package org.regionaldoughnut.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What changed since the release before, as the template shows it.
 *
 * @param earlier id of the release before, empty where this is the first
 * @param same how many figures stayed as they were, as a sentence
 */
record ChangesView(String earlier, String same, List<Item> items, String more) {
    private static final int SHOWN = 8;

    /** @param why the kind of change in words */
    record Item(String title, String kind, String why, String before, String after) {}

    static ChangesView of(List<Changes.Change> changes, String earlier, Wording wording) {
        Texts texts = wording.texts();
        List<Item> items = new ArrayList<>();
        int same = 0;
        for (Changes.Change change : changes) {
            if (change.kind().equals("same")) {
                same++;
            } else {
                items.add(new Item(
                        wording.title(change.indicator()),
                        Trends.kind(change.ring()),
                        texts.get("change." + change.kind()),
                        written(texts, change.valueBefore(), change.before(), change.unit()),
                        written(texts, change.value(), change.after(), change.unit())));
            }
        }
        List<Item> shown = List.copyOf(items.subList(0, Math.min(SHOWN, items.size())));
        String more = items.size() > SHOWN ? texts.get("change.more", items.size() - SHOWN) : "";
        return new ChangesView(earlier, texts.get("change.same-count", same), shown, more);
    }

    private static String written(Texts texts, OptionalDouble value, OptionalDouble gap, String unit) {
        if (value.isEmpty()) {
            return texts.get("row.no-figure");
        }
        String figure = texts.figure(value.getAsDouble(), unit);
        return gap.isPresent() ? texts.get("change.figure", figure, texts.percent(gap.getAsDouble())) : figure;
    }
}
