package org.regionaldoughnut.indicators;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser;
import scala.collection.Iterator;

/** The columns an SQL expression names. */
final class SqlNames {
    private SqlNames() {}

    /**
     * The names in small letters.
     *
     * @throws IllegalArgumentException where the text is no expression; the message is Spark's
     */
    static Set<String> of(String text) {
        Set<String> names = new TreeSet<>();
        try {
            collect(new CatalystSqlParser().parseExpression(text), names);
        } catch (Exception e) {
            // Spark's parser throws what Java does not see declared
            String said = String.valueOf(e.getMessage());
            throw new IllegalArgumentException(
                    said.lines().filter(line -> !line.isBlank()).findFirst().orElse(said), e);
        }
        return names;
    }

    private static void collect(Expression expression, Set<String> names) {
        if (expression instanceof UnresolvedAttribute attribute) {
            names.add(attribute.name().toLowerCase(Locale.ROOT));
        }
        Iterator<Expression> children = expression.children().iterator();
        while (children.hasNext()) {
            collect(children.next(), names);
        }
    }
}
