package org.regionaldoughnut.indicators;

import com.ezylang.evalex.EvaluationException;
import com.ezylang.evalex.Expression;
import com.ezylang.evalex.parser.ParseException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/** The arithmetic of an indicator over its terms, in decimal numbers of 68 digits. */
final class Formula {
    private final Expression expression;

    Formula(String indicator, String text) {
        this.expression = new Expression(text);
        try {
            expression.validate();
        } catch (ParseException e) {
            throw new DoughnutException(
                    ExitCode.CONFIGURATION,
                    "Cannot compute the indicator '" + indicator + "': its formula '" + text + "' is not arithmetic ("
                            + e.getMessage() + "). Correct it in conf/indicators.",
                    e);
        }
    }

    /** The value; none where it is not a finite number, as after a division by zero. */
    Optional<Double> value(Map<String, BigDecimal> terms) {
        try {
            double value = expression
                    .copy()
                    .withValues(terms)
                    .evaluate()
                    .getNumberValue()
                    .doubleValue();
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        } catch (EvaluationException | ArithmeticException e) {
            return Optional.empty();
        } catch (ParseException e) {
            throw new IllegalStateException("a formula that was valid no longer parses", e);
        }
    }
}
