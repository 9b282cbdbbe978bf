package org.regionaldoughnut.schedule.store;

import java.util.List;
import java.util.function.Function;

/**
 * Some rows of all that were asked for.
 *
 * @param total how many there are without limit and offset
 */
public record Listing<T>(List<T> items, long total) {
    public Listing {
        items = List.copyOf(items);
    }

    public <R> Listing<R> map(Function<? super T, ? extends R> change) {
        return new Listing<>(items.stream().<R>map(change).toList(), total);
    }
}
