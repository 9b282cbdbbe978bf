package org.regionaldoughnut.app.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.catalyst.AliasIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.types.StructField;
import org.regionaldoughnut.lake.Lake;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.runtime.AbstractPartialFunction;

/**
 * Asks the tables of the lake in Spark's SQL: {@code raw.x, quarantine.x, harmonised.trade, statistics.indicators,
 * quality.outcomes}. Only the tables the query names are opened. A name with dashes stands in backticks, {@code
 * raw.`la-co2`} or {@code `raw.la-co2`}.
 */
public final class LakeQuery implements Question {
    private final Lake lake;
    private final LakeTables tables;

    /** @param storage folder that holds lake/ */
    public LakeQuery(Lake lake, Path storage) {
        this.lake = lake;
        this.tables = new LakeTables(lake, storage);
    }

    /**
     * @throws org.regionaldoughnut.model.DoughnutException where the SQL cannot be run or names no table of the lake
     */
    @Override
    public Answer run(String sql) {
        return on(sql, LakeQuery::answer);
    }

    @Override
    public void toParquet(String sql, Path file) {
        Path folder = file.resolveSibling("." + file.getFileName() + ".writing");
        on(sql, rows -> {
            rows.coalesce(1)
                    .write()
                    .mode(SaveMode.Overwrite)
                    .option("compression", "zstd")
                    .parquet(folder.toString());
            try (Stream<Path> parts = Files.list(folder)) {
                for (Path part : parts.toList()) {
                    if (part.getFileName().toString().endsWith(".parquet")) {
                        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
                    } else {
                        Files.delete(part);
                    }
                }
                Files.delete(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return file;
        });
    }

    @Override
    public List<String> tables() {
        return tables.names();
    }

    @Override
    public Answer schema(String table) {
        int dot = table.indexOf('.');
        Dataset<Row> rows =
                dot < 0 ? tables.read("", table) : tables.read(table.substring(0, dot), table.substring(dot + 1));
        List<Map<String, Object>> columns = new ArrayList<>();
        for (StructField field : rows.schema().fields()) {
            columns.add(Answer.row(
                    List.of("column", "type"),
                    List.of(field.name(), field.dataType().catalogString())));
        }
        return new Answer(List.of("column", "type"), columns);
    }

    private <T> T on(String sql, Function<Dataset<Row>, T> work) {
        try {
            LogicalPlan plan = lake.spark().sessionState().sqlParser().parsePlan(sql);
            if (plan instanceof Command || plan instanceof ParsedStatement) {
                throw QueryProblem.notASelect();
            }
            return work.apply(Dataset.ofRows(lake.spark(), withTables(plan)));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            // what Spark says of a query is checked, though its Scala code does not declare it
            throw QueryProblem.refused(e, tables.names());
        }
    }

    /** The plan with the tables in the place of their names. */
    private LogicalPlan withTables(LogicalPlan plan) {
        return plan.transformDownWithSubqueries(new AbstractPartialFunction<LogicalPlan, LogicalPlan>() {
            @Override
            public boolean isDefinedAt(LogicalPlan node) {
                return node instanceof UnresolvedWith || node instanceof UnresolvedRelation;
            }

            @Override
            public LogicalPlan apply(LogicalPlan node) {
                if (node instanceof UnresolvedWith with) {
                    return definitionsWithTables(with);
                }
                List<String> name = nameOf((UnresolvedRelation) node);
                return name.size() == 2 ? table(name.get(0), name.get(1)) : node;
            }
        });
    }

    private LogicalPlan definitionsWithTables(UnresolvedWith with) {
        List<Tuple2<String, SubqueryAlias>> definitions = new ArrayList<>();
        for (Tuple2<String, SubqueryAlias> definition : JavaConverters.seqAsJavaList(with.cteRelations())) {
            definitions.add(new Tuple2<>(definition._1(), (SubqueryAlias) withTables(definition._2())));
        }
        return new UnresolvedWith(with.child(), toSeq(definitions));
    }

    private LogicalPlan table(String layer, String name) {
        LogicalPlan rows = tables.read(layer, name).queryExecution().analyzed();
        return new SubqueryAlias(new AliasIdentifier(name, toSeq(List.of(layer))), rows);
    }

    private static List<String> nameOf(UnresolvedRelation relation) {
        List<String> parts = JavaConverters.seqAsJavaList(relation.multipartIdentifier());
        return parts.size() == 1 ? Arrays.asList(parts.get(0).split("\\.", 2)) : parts;
    }

    private static <T> Seq<T> toSeq(List<T> list) {
        return JavaConverters.asScalaBuffer(list).toList();
    }

    private static Answer answer(Dataset<Row> result) {
        List<String> columns = Answer.unique(Arrays.asList(result.columns()));
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Row row : result.collectAsList()) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                values.add(row.get(i));
            }
            rows.add(Answer.row(columns, values));
        }
        return new Answer(columns, rows);
    }
}
