package org.regionaldoughnut.schedule.model;

import java.util.Arrays;
import java.util.Locale;
import org.regionaldoughnut.model.NearMiss;

/** Words of an enum as they are written outside. */
final class Words {
    private Words() {}

    static <E extends Enum<E>> E parse(Class<E> type, String word) {
        var known = Arrays.stream(type.getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        var position = known.indexOf(word);
        if (position < 0) {
            throw new IllegalArgumentException(
                    "'" + word + "' is none of " + String.join(", ", known) + "." + NearMiss.hint(word, known));
        }
        return type.getEnumConstants()[position];
    }
}
