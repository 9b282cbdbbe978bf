package org.regionaldoughnut.validate;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.DivModLike;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.collection.JavaConverters;

/** Conditions and queries in Spark SQL, read without a session and without data. */
final class SqlText {
    private SqlText() {}

    /** Whether the text is a condition on single rows: no aggregate clause follows it, no query stands in it. */
    static boolean isRowCondition(String text) {
        return !text.toLowerCase(Locale.ROOT).matches("(?s).*\\bselect\\b.*")
                && problemOfCondition(text).isEmpty();
    }

    /** Why the text is no condition, where it is none. */
    static Optional<String> problemOfCondition(String text) {
        try {
            return parse(text) instanceof Alias alias
                    ? Optional.of("'" + alias.name() + "' stands after its end")
                    : Optional.empty();
        } catch (Exception e) {
            return Optional.of(reason(e));
        }
    }

    /** Why the text is no query, where it is none. */
    static Optional<String> problemOfQuery(String text) {
        try {
            CatalystSqlParser$.MODULE$.parsePlan(text);
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(reason(e));
        }
    }

    /** Columns a condition reads, in the order they are met. */
    static Set<String> columnsOfCondition(String text) {
        Set<String> columns = new LinkedHashSet<>();
        collect(parse(text), columns, new LinkedHashSet<>());
        return columns;
    }

    /** Columns a query reads from its tables; names it defines itself are left out. */
    static Set<String> columnsOfQuery(String text) {
        Set<String> columns = new LinkedHashSet<>();
        Set<String> defined = new LinkedHashSet<>();
        collect(CatalystSqlParser$.MODULE$.parsePlan(text), columns, defined);
        columns.removeAll(defined);
        return columns;
    }

    /** Whether a condition or a query divides by a constant 0. */
    static boolean dividesByZero(String text, boolean query) {
        return query ? dividesByZero(CatalystSqlParser$.MODULE$.parsePlan(text)) : dividesByZero(parse(text));
    }

    private static boolean dividesByZero(LogicalPlan plan) {
        return JavaConverters.seqAsJavaList(plan.expressions()).stream().anyMatch(SqlText::dividesByZero)
                || JavaConverters.seqAsJavaList(plan.children()).stream().anyMatch(SqlText::dividesByZero);
    }

    private static boolean dividesByZero(Expression expression) {
        boolean here =
                expression instanceof DivModLike && isZero(expression.children().last());
        boolean inQuery = expression instanceof SubqueryExpression subquery && dividesByZero(subquery.plan());
        return here
                || inQuery
                || JavaConverters.seqAsJavaList(expression.children()).stream().anyMatch(SqlText::dividesByZero);
    }

    private static boolean isZero(Expression expression) {
        return expression instanceof Literal literal
                && String.valueOf(literal.value()).matches("[+-]?0+(\\.0*)?(E.*)?");
    }

    private static Expression parse(String text) {
        return CatalystSqlParser$.MODULE$.parseExpression(text);
    }

    private static void collect(LogicalPlan plan, Set<String> columns, Set<String> defined) {
        JavaConverters.seqAsJavaList(plan.expressions()).forEach(e -> collect(e, columns, defined));
        JavaConverters.seqAsJavaList(plan.children()).forEach(child -> collect(child, columns, defined));
    }

    private static void collect(Expression expression, Set<String> columns, Set<String> defined) {
        if (expression instanceof UnresolvedAttribute attribute) {
            columns.add(attribute.nameParts().last());
        } else if (expression instanceof Alias alias) {
            defined.add(alias.name());
        }
        if (expression instanceof SubqueryExpression subquery) {
            collect(subquery.plan(), columns, defined);
        }
        JavaConverters.seqAsJavaList(expression.children()).forEach(child -> collect(child, columns, defined));
    }

    private static String reason(Exception e) {
        String message = e instanceof ParseException parse ? parse.getSimpleMessage() : String.valueOf(e.getMessage());
        return message.replaceAll("\\s+", " ").strip();
    }
}
