package org.regionaldoughnut.app.lineage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.regionaldoughnut.ledger.BatchRecord;
import org.regionaldoughnut.ledger.Ledger;
import org.regionaldoughnut.ledger.StepRecord;
import org.regionaldoughnut.office.Office;

/** From a table up to the files and batches it was made of, or down to what was made of it, as the ledger knows it. */
public final class LineageTree {
    private final Office office;
    private final Ledger ledger;
    private final List<StepFlow> flows;

    public LineageTree(Office office, Ledger ledger) {
        this.office = office;
        this.ledger = ledger;
        this.flows = StepFlow.all(office);
    }

    /**
     * A table, file or batch and what it was made of or what was made of it.
     *
     * @param kind table, batch or release
     * @param step the step between it and the one above it in the tree; empty for the root and for batches
     * @param record the step's newest success; empty where it never had one
     * @param batch what is known of a batch
     */
    public record Node(
            String name,
            String kind,
            String step,
            Optional<StepRecord> record,
            Optional<BatchRecord> batch,
            List<Node> next) {
        public Node {
            next = List.copyOf(next);
        }
    }

    /** Names that can be asked for. */
    public Set<String> tables() {
        Set<String> tables = new TreeSet<>();
        flows.forEach(flow -> {
            flow.inputs().stream()
                    .filter(name -> !name.startsWith(StepFlow.FILES))
                    .forEach(tables::add);
            tables.addAll(flow.outputs());
        });
        return tables;
    }

    /** The sources that have a batch of that file or hash; a hash may be cut after six characters. */
    public List<String> sourcesOf(String fileOrBatch) {
        return office.sources().keySet().stream()
                .filter(id -> ledger.batches(id).stream()
                        .anyMatch(batch -> batch.file().equals(fileOrBatch)
                                || batch.file().endsWith("/" + fileOrBatch)
                                || fileOrBatch.length() >= 6 && batch.batch().startsWith(fileOrBatch)))
                .toList();
    }

    public Node up(String table) {
        return node(table, "", Optional.empty(), true, new LinkedHashSet<>());
    }

    public Node down(String table) {
        return node(table, "", Optional.empty(), false, new LinkedHashSet<>());
    }

    private Node node(String table, String step, Optional<StepRecord> record, boolean up, Set<String> path) {
        List<Node> next = new ArrayList<>();
        if (path.add(table)) {
            for (StepFlow flow : flows) {
                boolean touches = (up ? flow.outputs() : flow.inputs()).contains(table);
                // a quarantine is written on the side: what is asked for is the way of the figures
                boolean sideways = flow.step().equals("validate") && !table.startsWith("quality.") && up;
                if (touches && !sideways) {
                    follow(flow, up, path, next);
                }
            }
            path.remove(table);
        }
        String kind = table.equals("releases") || table.equals("drafts") ? "release" : "table";
        return new Node(table, kind, step, record, Optional.empty(), next);
    }

    private void follow(StepFlow flow, boolean up, Set<String> path, List<Node> next) {
        Optional<StepRecord> record = ledger.latestStep(flow.step(), flow.subject());
        for (String table : up ? flow.inputs() : flow.outputs()) {
            if (table.startsWith(StepFlow.FILES)) {
                ledger.batches(flow.subject()).stream()
                        .sorted(Comparator.comparing(BatchRecord::received))
                        .forEach(batch -> next.add(
                                new Node(batch.file(), "batch", flow.name(), record, Optional.of(batch), List.of())));
            } else if (!table.startsWith("quarantine.")) {
                next.add(node(table, flow.name(), record, up, path));
            }
        }
    }
}
