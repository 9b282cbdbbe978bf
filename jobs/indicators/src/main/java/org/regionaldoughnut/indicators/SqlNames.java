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

    /** In small letters; throws Spark's own exception where the text is no expression. */
    static Set<String> of(String text) {
        Set<String> names = new TreeSet<>();
        collect(new CatalystSqlParser().parseExpression(text), names);
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
