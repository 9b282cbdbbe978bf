package org.regionaldoughnut.harmonise;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;

/**
 * Brings the regions of all sources together in {@code harmonised.regions}: {@code code, scheme, name, level, parent,
 * valid_from, valid_to, partial, source, batch}. A region received with several parents gets their nearest common
 * ancestor; {@code partial} lists the regions in between, which hold only a part of it.
 */
public final class Regions {
    public static final StructType SCHEMA = new StructType()
            .add("code", DataTypes.StringType)
            .add("scheme", DataTypes.StringType)
            .add("name", DataTypes.StringType)
            .add("level", DataTypes.StringType)
            .add("parent", DataTypes.StringType)
            .add("valid_from", DataTypes.StringType)
            .add("valid_to", DataTypes.StringType)
            .add("partial", DataTypes.StringType)
            .add("source", DataTypes.StringType)
            .add("batch", DataTypes.StringType);

    private final Lake lake;
    private final String frame;

    /** @param frame the scheme whose regions the office works in; others are left out */
    public Regions(Lake lake, String frame) {
        this.lake = lake;
        this.frame = frame;
    }

    /** The newest batch of each part replaces what was known of the regions. */
    public HarmoniseResult harmonise(List<AcceptedBatch> batches, Write write) {
        List<Row> received = new ArrayList<>();
        for (AcceptedBatch batch : newest(batches)) {
            Dataset<Row> rows = RawRows.of(lake, batch.source(), List.of(batch.batch()))
                    .where(col("scheme").equalTo(frame));
            rows.orderBy("line")
                    .collectAsList()
                    .forEach(row -> received.add(RowFactory.create(
                            row.getAs("code"),
                            row.getAs("name"),
                            row.getAs("level"),
                            row.getAs("parent"),
                            row.getAs("valid_from"),
                            row.getAs("valid_to"),
                            batch.source(),
                            batch.batch())));
        }
        List<Row> regions = resolved(received);
        Table table = Table.harmonised("regions");
        lake.replaceAll(table, regions, SCHEMA, write);
        return new HarmoniseResult(received.size(), regions.size(), 0, lake.version(table));
    }

    /** The hierarchy as it stands in the table. */
    public static RegionTree tree(Lake lake) {
        List<Region> regions = new ArrayList<>();
        for (Row row : lake.readOrEmpty(Table.harmonised("regions"), SCHEMA).collectAsList()) {
            String partial = row.getAs("partial");
            regions.add(new Region(
                    row.getAs("code"),
                    row.getAs("name"),
                    row.getAs("level"),
                    Optional.ofNullable(row.getAs("parent")),
                    partial == null ? List.of() : List.of(partial.split(";"))));
        }
        return new RegionTree(regions);
    }

    private static List<AcceptedBatch> newest(List<AcceptedBatch> batches) {
        Map<String, AcceptedBatch> newest = new TreeMap<>();
        batches.forEach(batch -> newest.merge(
                batch.source() + "/" + batch.part(),
                batch,
                (a, b) -> a.vintage().isAfter(b.vintage()) ? a : b));
        return List.copyOf(newest.values());
    }

    private List<Row> resolved(List<Row> received) {
        Map<String, List<Row>> byCode = new LinkedHashMap<>();
        received.forEach(row ->
                byCode.computeIfAbsent(row.getString(0), c -> new ArrayList<>()).add(row));
        List<Region> whole = new ArrayList<>();
        Map<String, Set<String>> several = new TreeMap<>();
        byCode.forEach((code, rows) -> {
            Set<String> parents = new LinkedHashSet<>();
            rows.forEach(row -> parents.add(row.getString(3)));
            if (parents.size() > 1) {
                several.put(code, parents);
            } else {
                Row row = rows.get(0);
                whole.add(new Region(
                        code, row.getString(1), row.getString(2), Optional.ofNullable(row.getString(3)), List.of()));
            }
        });
        RegionTree tree = hierarchy(whole);
        List<Row> regions = new ArrayList<>();
        byCode.forEach((code, rows) -> {
            Row first = rows.get(0);
            String parent = first.getString(3);
            String partial = null;
            if (several.containsKey(code)) {
                Set<String> parents = several.get(code);
                parent = tree.commonAncestor(parents)
                        .orElseThrow(() -> inconsistent("region " + code + " is received with the parents " + parents
                                + ", which have no common ancestor"));
                partial = String.join(";", between(tree, parents, parent));
            }
            regions.add(RowFactory.create(
                    code,
                    frame,
                    first.getString(1),
                    first.getString(2),
                    parent,
                    first.getString(4),
                    first.getString(5),
                    partial,
                    first.getString(6),
                    first.getString(7)));
        });
        return regions;
    }

    private RegionTree hierarchy(List<Region> regions) {
        try {
            return new RegionTree(regions);
        } catch (IllegalArgumentException e) {
            throw inconsistent(e.getMessage());
        }
    }

    private static Set<String> between(RegionTree tree, Set<String> parents, String ancestor) {
        Set<String> between = new TreeSet<>();
        for (String parent : parents) {
            List<String> path = tree.ancestors(parent);
            between.addAll(path.subList(0, path.indexOf(ancestor)));
        }
        return between;
    }

    private DoughnutException inconsistent(String why) {
        return new DoughnutException(
                ExitCode.DATA_REFUSED,
                "Cannot build the region hierarchy of " + frame + ": " + why
                        + ". Correct the sources of the contract regions.");
    }
}
