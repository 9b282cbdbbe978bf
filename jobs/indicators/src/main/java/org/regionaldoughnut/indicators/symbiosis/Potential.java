package org.regionaldoughnut.indicators.symbiosis;

import java.util.List;
import org.regionaldoughnut.model.Exchange;

/**
 * What one exchange could carry by itself: the smaller of what is generated and what can be taken.
 *
 * @param exchanges the documented cases of this waste between these branches
 * @param tonnes {@code min(generated, capacity)}
 */
public record Potential(
        String fromRegion,
        String toRegion,
        String waste,
        String from,
        String to,
        double generated,
        double capacity,
        double tonnes,
        List<Exchange> exchanges) {
    public Potential {
        exchanges = List.copyOf(exchanges);
    }

    public boolean isWithinOneRegion() {
        return fromRegion.equals(toRegion);
    }
}
