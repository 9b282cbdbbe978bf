package org.regionaldoughnut.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.regionaldoughnut.app.lineage.LineageTree;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.NearMiss;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "lineage",
        header = "From a table up to the files and batches it was made of, or down to what was made of it.",
        description = {"", "Answers from the ledger; Spark stays off. A file or a batch can be named for --down."},
        footer = {
            "",
            "Examples:",
            "  doughnut lineage statistics.indicators",
            "  doughnut lineage raw.social --down",
            "  doughnut lineage social-2019.csv --down",
            "  doughnut lineage releases --up --json"
        })
final class LineageCommand extends Verb {
    @Parameters(paramLabel = "TABLE", description = "A table such as harmonised.trade, a file or a batch.")
    String table;

    @Option(names = "--up", description = "What it was made of (the default).")
    boolean up;

    @Option(names = "--down", description = "What was made of it.")
    boolean down;

    @Override
    public Integer call() {
        if (up && down) {
            throw new DoughnutException(
                    ExitCode.USAGE, "Cannot go both ways: --up and --down exclude each other. Name one.");
        }
        try (Workplace workplace = workplace()) {
            LineageTree tree = new LineageTree(workplace.office(), workplace.ledger());
            List<LineageTree.Node> roots = roots(tree);
            if (options().json) {
                ArrayNode all = JsonLine.object().putArray("lineage");
                roots.forEach(root -> all.add(object(root)));
                out().println(JsonLine.of(all));
            } else {
                roots.forEach(root -> print(root, ""));
            }
            return ExitCode.DONE.code();
        }
    }

    private List<LineageTree.Node> roots(LineageTree tree) {
        if (tree.tables().contains(table)) {
            return List.of(down ? tree.down(table) : tree.up(table));
        }
        List<String> sources = tree.sourcesOf(table);
        if (sources.isEmpty()) {
            throw new DoughnutException(
                    ExitCode.USAGE,
                    "Cannot follow '" + table + "': it is no table, no received file and no batch."
                            + NearMiss.hint(table, tree.tables()) + " Tables: " + String.join(", ", tree.tables())
                            + ".");
        }
        return sources.stream()
                .map(source -> down ? tree.down("raw." + source) : tree.up("raw." + source))
                .toList();
    }

    private void print(LineageTree.Node node, String indent) {
        out().println(indent + said(node));
        node.next().forEach(next -> print(next, indent + "  "));
    }

    private static String said(LineageTree.Node node) {
        if (node.batch().isPresent()) {
            var batch = node.batch().get();
            return batch.file() + "  batch "
                    + batch.batch().substring(0, Math.min(12, batch.batch().length()))
                    + ", received " + batch.received() + ", " + batch.cells() + " cells, "
                    + batch.state().name().toLowerCase(Locale.ROOT);
        }
        String by = node.step().isEmpty() ? "" : "  by " + node.step();
        return node.name()
                + by
                + node.record()
                        .map(step -> ", run " + step.runId() + ", " + step.rowsIn() + " in, " + step.rowsOut() + " out"
                                + (step.deltaVersion().isPresent()
                                        ? ", version " + step.deltaVersion().getAsLong()
                                        : ""))
                        .orElse(node.step().isEmpty() ? "" : ", not done yet");
    }

    private static ObjectNode object(LineageTree.Node node) {
        ObjectNode object = JsonLine.object().put("name", node.name()).put("kind", node.kind());
        if (!node.step().isEmpty()) {
            object.put("step", node.step());
        }
        node.record().ifPresent(step -> object.put("run_id", step.runId())
                .put("rows_in", step.rowsIn())
                .put("rows_out", step.rowsOut())
                .put("quarantined", step.quarantined()));
        node.batch().ifPresent(batch -> object.put("batch", batch.batch())
                .put("received", batch.received().toString())
                .put("cells", batch.cells())
                .put("state", batch.state().name().toLowerCase(Locale.ROOT)));
        ArrayNode next = object.putArray("next");
        node.next().forEach(n -> next.add(object(n)));
        return object;
    }
}
