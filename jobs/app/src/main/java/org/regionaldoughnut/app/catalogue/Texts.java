package org.regionaldoughnut.app.catalogue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Indicator;

/** Words and numbers as they are printed. */
final class Texts {
    private static final MathContext SHOWN = new MathContext(12);

    private Texts() {}

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code doughnut/ecological/climate-change}, with a star where it is a headline. */
    static String slot(Indicator.Slot slot) {
        String ring = slot.ring().equals(Framework.NO_RING) ? "" : slot.ring() + "/";
        return slot.framework() + "/" + ring + slot.dimension() + (slot.headline() ? "*" : "");
    }

    /** At most twelve digits, without an exponent. */
    static String number(BigDecimal value) {
        BigDecimal rounded = value.round(SHOWN).stripTrailingZeros();
        return rounded.toPlainString();
    }

    static String number(double value) {
        return Double.isFinite(value) ? number(BigDecimal.valueOf(value)) : String.valueOf(value);
    }
}
