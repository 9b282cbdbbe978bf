package org.regionaldoughnut.harmonise;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.lake.Table;
import org.regionaldoughnut.lake.TableOption;
import org.regionaldoughnut.lake.Write;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.model.Region;
import org.regionaldoughnut.model.RegionTree;
import org.regionaldoughnut.office.Contract;
import org.regionaldoughnut.office.Correction;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Source;

/**
 * Harmonises the figures of one contract (trade, emissions or census). A new edition is compared with what the table
 * holds open, and only differences are written. Where the method of a source has changed, its history is replayed from
 * its accepted batches and replaces what the table held of it: both ways end in the same rows.
 *
 * <p>Columns: {@code source, series, batch, line, cell, region, region_received}, the contract's columns, {@code year,
 * correction, vintage, superseded, key_hash, value_hash}.
 */
public final class Facts {
    /** The rule that names a region (or unit) the office does not know. */
    public static final String REGION_RULE = "region-and-unit-known";

    /** So many new editions of one part are compared one after the other; more are replayed at once. */
    private static final int MOST_ROUNDS = 4;

    private final Lake lake;
    private final Office office;
    private final RegionTree tree;
    private final long few;

    public Facts(Lake lake, Office office, RegionTree tree) {
        this(lake, office, tree, Revision.CLOSED_IN_MEMORY);
    }

    /** @param few so many rows that an edition closes are held in memory */
    Facts(Lake lake, Office office, RegionTree tree, long few) {
        this.few = few;
        this.lake = lake;
        this.office = office;
        this.tree = tree;
    }

    /**
     * @param batches every accepted batch of every source of the contract, those of a source in order of receipt
     * @param methods source to the identity of everything but batches and regions that decides its rows
     * @param run named in quarantine rows
     * @param lastSuccess the write version of the last step that ended well
     */
    public HarmoniseResult harmonise(
            Contract contract,
            List<AcceptedBatch> batches,
            Map<String, String> methods,
            String run,
            OptionalLong lastSuccess,
            Write write) {
        Table table = Table.harmonised(contract.id());
        Progress progress = Progress.of(lake.note(table));
        boolean unfinished = progress.step() >= 0 && progress.step() != lastSuccess.orElse(-1);
        String regions = Hash.of(tree.regions().stream().map(Region::code).toList());
        Map<String, List<AcceptedBatch>> bySource = batches.stream()
                .collect(Collectors.groupingBy(AcceptedBatch::source, TreeMap::new, Collectors.toList()));
        Map<String, String> full = new TreeMap<>();
        bySource.keySet()
                .forEach(source -> full.put(source, Hash.of(List.of(methods.getOrDefault(source, ""), regions))));

        List<AcceptedBatch> replayed = new ArrayList<>();
        List<AcceptedBatch> kept = new ArrayList<>();
        List<AcceptedBatch> pending = new ArrayList<>();
        bySource.forEach((source, own) -> {
            Optional<List<AcceptedBatch>> news = progress.pending(source, full.get(source), own)
                    .filter(n -> n.isEmpty()
                            || rounds(n).size() <= MOST_ROUNDS
                                    && office.correctionsOf(source).isEmpty());
            if (news.isEmpty()) {
                replayed.addAll(own);
            } else {
                kept.addAll(own.subList(0, own.size() - news.get().size()));
                pending.addAll(news.get());
            }
        });
        Set<String> gone = new TreeSet<>(progress.sources().keySet());
        gone.removeAll(bySource.keySet());

        CodedRows rows = new CodedRows(lake, office, contract, tree);
        Unplaced unplaced = new Unplaced(lake, run);
        HarmoniseResult result = HarmoniseResult.nothing();
        Progress now = new Progress(write.version(), progress.sources());
        if (unfinished && !kept.isEmpty()) {
            // a step that was killed may have left out what cannot be placed
            Dataset<Row> coded = rows.coded(rows.raw(kept, Editions.unrelated(kept)), kept);
            unplaced.quarantine(coded, kept, true, false, write.part("kept"));
        }
        if (!replayed.isEmpty() || !gone.isEmpty()) {
            Map<String, Progress.Applied> then = new TreeMap<>(now.sources());
            then.keySet().removeAll(gone);
            CodedRows.bySource(replayed)
                    .keySet()
                    .forEach(source -> then.put(source, Progress.applied(full.get(source), bySource.get(source))));
            now = new Progress(write.version(), then);
            result = result.plus(
                    replay(contract, rows, unplaced, replayed, gone, kept.isEmpty(), write.noting(now.note())));
        }
        int round = 0;
        for (List<AcceptedBatch> together : rounds(pending)) {
            for (AcceptedBatch batch : together) {
                List<AcceptedBatch> own = bySource.get(batch.source());
                now = now.with(
                        batch.source(),
                        Progress.applied(full.get(batch.source()), own.subList(0, own.indexOf(batch) + 1)));
            }
            Write own = write.part("revision-" + ++round).noting(now.note());
            try (Revision revision = new Revision(lake, contract, rows, together, kept, few)) {
                HarmoniseResult found = revision.compare();
                if (found.quarantined() > 0) {
                    Dataset<Row> coded = rows.coded(rows.raw(together, Editions.unrelated(together)), together);
                    unplaced.quarantine(coded, together, true, false, own);
                }
                revision.apply(table, own, layout(contract));
                result = result.plus(found);
            }
            kept.addAll(together);
        }
        return result.at(lake.version(table));
    }

    /**
     * Mapped rows of a source in the office's codes, for a look at them: {@code region_received, year} and {@code
     * problem}, why a row cannot be placed, are added. Nothing is written.
     */
    public Dataset<Row> preview(Contract contract, Source source, Dataset<Row> mapped) {
        return new Classification(office, lake.spark(), contract, List.of(source), tree)
                .apply(mapped.withColumn("source", lit(source.id())).withColumn(RawRows.FLAGGED, lit(false)))
                .withColumn("problem", when(not(CodedRows.isOpen(contract)), col(Classification.PROBLEM)))
                .drop(Classification.PROBLEM);
    }

    /** The batches in their order, cut so that no part is met twice in a round. */
    private static List<List<AcceptedBatch>> rounds(List<AcceptedBatch> batches) {
        Map<String, Integer> met = new LinkedHashMap<>();
        Map<String, Integer> latest = new LinkedHashMap<>();
        List<List<AcceptedBatch>> rounds = new ArrayList<>();
        for (AcceptedBatch batch : batches) {
            // editions of one source are applied in order of receipt, whatever their part
            int round = Math.max(
                    met.merge(batch.source() + "\u0000" + batch.part(), 1, Integer::sum) - 1,
                    latest.getOrDefault(batch.source(), 0));
            latest.put(batch.source(), round);
            met.put(batch.source() + "\u0000" + batch.part(), round + 1);
            while (rounds.size() <= round) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(batch);
        }
        return rounds;
    }

    /** @param everything whether nothing of the table stays */
    private HarmoniseResult replay(
            Contract contract,
            CodedRows rows,
            Unplaced unplaced,
            List<AcceptedBatch> batches,
            Set<String> gone,
            boolean everything,
            Write write) {
        Table table = Table.harmonised(contract.id());
        Set<String> sources = new TreeSet<>(gone);
        batches.forEach(batch -> sources.add(batch.source()));
        String slice = everything
                ? null
                : sources.stream().map(s -> "'" + s + "'").collect(Collectors.joining(", ", "source in (", ")"));
        if (batches.isEmpty()) {
            Dataset<Row> none = lake.read(table).orElseThrow().limit(0);
            lake.replace(table, none, slice, write, layout(contract));
            return HarmoniseResult.nothing();
        }
        Editions editions = new Editions(batches, rows.partial(batches));
        Dataset<Row> coded = rows.coded(rows.raw(batches, editions), batches);
        Observation counts = new Observation();
        List<Correction> corrections = CodedRows.bySource(batches).keySet().stream()
                .flatMap(source -> office.correctionsOf(source).stream())
                .toList();
        // what is read more than once is counted apart
        boolean atOnce = editions.areSingle() && corrections.isEmpty();
        Column[] figures = {
            count(lit(1)).as("rows"), count(col(Classification.PROBLEM)).as("unknown")
        };
        Dataset<Row> counted = atOnce ? coded.observe(counts, figures[0], figures[1]) : coded;
        Dataset<Row> placed =
                rows.hashed(counted.where(col(Classification.PROBLEM).isNull()));
        Optional<Dataset<Row>> deletions = editions.openDeletions() == 0
                ? Optional.empty()
                : Optional.of(new OpenDeletions(contract).statements(rows.open(batches, editions), placed));
        Dataset<Row> history = new Corrected(corrections, office.timeZone())
                .apply(Vintages.apply(placed, deletions, editions))
                .select(CodedRows.columns(contract).stream()
                        .map(name -> col(name))
                        .toArray(Column[]::new));
        lake.replace(table, history, slice, write, layout(contract));
        long in;
        long unknown;
        if (atOnce) {
            Map<String, Object> measured = measured(counts);
            in = ((Number) measured.get("rows")).longValue();
            unknown = ((Number) measured.get("unknown")).longValue();
        } else {
            Row measured = coded.agg(figures[0], figures[1]).head();
            in = measured.getLong(0);
            unknown = measured.getLong(1);
        }
        unplaced.quarantine(coded, batches, unknown > 0, true, write);
        in += editions.openDeletions();
        return new HarmoniseResult(in, in - unknown, unknown, -1);
    }

    private static Map<String, Object> measured(Observation counts) {
        try {
            return counts.getAsJava();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while harmonised rows were counted", e);
        }
    }

    static boolean isByYear(Contract contract) {
        return contract.id().equals("trade");
    }

    private static TableOption[] layout(Contract contract) {
        return new TableOption[] {
            isByYear(contract) ? TableOption.partitionedBy("source", "year") : TableOption.partitionedBy("source"),
            TableOption.statisticsOn("series", "region", "period", "superseded"),
            TableOption.deletionVectors()
        };
    }
}
