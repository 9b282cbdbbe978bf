package org.regionaldoughnut.indicators;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BindReferences;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.package$;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.FilterExec;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * How rows are found in the batches of columns that are read from files: where Spark's plan is no more than columns
 * picked, computed and asked for, its steps are done here, on the batches.
 */
final class Scan implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient FileSourceScanExec files;
    private final Expression[] columns;
    private final Wanted wanted;

    private Scan(FileSourceScanExec files, Expression[] columns, Wanted wanted) {
        this.files = files;
        this.columns = columns;
        this.wanted = wanted;
    }

    /**
     * The scan of such rows; none where they are made in another way.
     *
     * @param needless as for {@link Planned}
     */
    private static Optional<Scan> of(Dataset<Row> rows, Set<String> needless) {
        SparkPlan plan = rows.queryExecution().sparkPlan();
        if (!(plan instanceof ProjectExec top)) {
            return Optional.empty();
        }
        List<Expression> asked = new ArrayList<>();
        SparkPlan below = top.child();
        while (!(below instanceof FileSourceScanExec)) {
            if (below instanceof FilterExec filter) {
                split(filter.condition(), asked);
                below = filter.child();
            } else if (below instanceof ProjectExec project && picksOnly(project)) {
                below = project.child();
            } else {
                return Optional.empty();
            }
        }
        FileSourceScanExec files = (FileSourceScanExec) below;
        if (!files.supportsColumnar()) {
            return Optional.empty();
        }
        List<Expression> conditions = asked.stream()
                .filter(one -> !needless.containsAll(names(one)))
                .map(one -> bound(one, files.output()))
                .toList();
        List<Expression> columns = new ArrayList<>();
        for (NamedExpression column : JavaConverters.seqAsJavaList(top.projectList())) {
            Expression bound = bound((Expression) column, files.output());
            boolean named = bound instanceof Alias;
            columns.add(named ? bound.children().head() : bound);
        }
        return Optional.of(new Scan(files, columns.toArray(Expression[]::new), Wanted.of(conditions)));
    }

    private static boolean picksOnly(ProjectExec project) {
        return JavaConverters.seqAsJavaList(project.projectList()).stream()
                .allMatch(AttributeReference.class::isInstance);
    }

    private static void split(Expression condition, List<Expression> asked) {
        if (condition instanceof And and) {
            split(and.left(), asked);
            split(and.right(), asked);
        } else {
            asked.add(condition);
        }
    }

    private static Set<String> names(Expression condition) {
        Set<String> names = new TreeSet<>();
        JavaConverters.asJavaIterable(condition.references().toSeq()).forEach(column -> names.add(column.name()));
        return names;
    }

    private static Expression bound(Expression expression, Seq<Attribute> columns) {
        return BindReferences.bindReference(expression, package$.MODULE$.AttributeSeq(columns.toList()), false);
    }

    /** What is made of the rows of a partition. */
    interface Use<T> extends Serializable {
        Iterator<T> of(Reading rows);
    }

    /**
     * Rows that are going to be read.
     *
     * @param scan how their files are read; none where they do not come from files as they are
     * @param batches of these files
     */
    record Planned(Dataset<Row> rows, Optional<Scan> scan, Optional<JavaRDD<ColumnarBatch>> batches) {
        /** @param needless columns: rows are not asked whether they meet conditions on these alone, as the use asks */
        static Planned of(Dataset<Row> rows, Set<String> needless) {
            Optional<Scan> scan = Scan.of(rows, needless);
            return new Planned(
                    rows, scan, scan.map(its -> its.files.executeColumnar().toJavaRDD()));
        }

        <T> JavaRDD<T> read(Use<T> use) {
            if (scan.isPresent()) {
                Scan its = scan.get();
                return batches.orElseThrow().mapPartitions(some -> use.of(its.reading(some)));
            }
            int columns = rows.columns().length;
            return rows.queryExecution().toRdd().toJavaRDD().mapPartitions(its -> use.of(new RowReading(its, columns)));
        }
    }

    /** The files, those of a year where it is computed; none where they do not lie by year. */
    Optional<JavaRDD<ColumnarBatch>> byYear(Dispatch dispatch) {
        int field = List.of(files.relation().partitionSchema().fieldNames()).indexOf("year");
        if (field < 0) {
            return Optional.empty();
        }
        YearsTogether together = new YearsTogether(field, dispatch);
        RDD<ColumnarBatch> batches = fileByFile(files).executeColumnar();
        return together.isPossible(batches)
                ? Optional.of(batches.coalesce(dispatch.numPartitions(), false, Option.apply(together), null)
                        .toJavaRDD())
                : Optional.empty();
    }

    /** The same with a partition for each file, or for each part of a large one. */
    private static FileSourceScanExec fileByFile(FileSourceScanExec files) {
        HadoopFsRelation relation = files.relation();
        SparkSession own = relation.sparkSession().cloneSession();
        // beside the cost of opening one file there is no room for another
        own.conf().set("spark.sql.files.openCostInBytes", own.conf().get("spark.sql.files.maxPartitionBytes"));
        // a plan takes the session that is active, and a thread need not have one
        Option<SparkSession> before = SparkSession.getActiveSession();
        SparkSession.setActiveSession(own);
        try {
            return files.copy(
                    relation.copy(
                            relation.location(),
                            relation.partitionSchema(),
                            relation.dataSchema(),
                            relation.bucketSpec(),
                            relation.fileFormat(),
                            relation.options(),
                            own),
                    files.output(),
                    files.requiredSchema(),
                    files.partitionFilters(),
                    files.optionalBucketSet(),
                    files.optionalNumCoalescedBuckets(),
                    files.dataFilters(),
                    files.tableIdentifier(),
                    files.disableBucketedScan());
        } finally {
            if (before.isDefined()) {
                SparkSession.setActiveSession(before.get());
            } else {
                SparkSession.clearActiveSession();
            }
        }
    }

    Reading reading(Iterator<ColumnarBatch> batches) {
        return new BatchReading(batches, columns, wanted);
    }
}
