package org.regionaldoughnut.schedule.pipeline;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.regionaldoughnut.office.PipelineFile;
import org.regionaldoughnut.office.Problem;
import org.regionaldoughnut.schedule.engine.DagSource;
import org.regionaldoughnut.schedule.store.ParsedDag;

/** The pipelines of one office. */
public final class Pipelines implements DagSource {
    private final Path home;
    private final Path office;
    private final ZoneId zone;
    private final Set<String> verbs;

    /**
     * @param home the folder that holds conf/ and schemas/
     * @param office the office's folder
     * @param zone of the office
     * @param verbs that a task may name as its step
     */
    public Pipelines(Path home, Path office, ZoneId zone, Set<String> verbs) {
        this.home = home;
        this.office = office;
        this.zone = zone;
        this.verbs = Set.copyOf(verbs);
    }

    /** What was read, and what is wrong with the rest. */
    public record Result(List<ParsedDag> dags, List<Problem> problems) {}

    public Result check() {
        var problems = new ArrayList<Problem>();
        var dags = new ArrayList<ParsedDag>();
        for (var file : PipelineFile.read(home, office, problems)) {
            var own = new ArrayList<Problem>();
            var dag = new DagReader(file, relative(file.path()), zone, verbs, own).read();
            if (own.isEmpty()) {
                dags.add(new ParsedDag(dag, file.text()));
            }
            problems.addAll(own);
        }
        return new Result(dags, problems.stream().sorted().toList());
    }

    private String relative(Path path) {
        return path.startsWith(home) ? home.relativize(path).toString() : path.toString();
    }

    /** A length of time as pipelines and settings write it. @throws IllegalArgumentException for another text */
    public static Duration duration(String text) {
        return Durations.read(TextNode.valueOf(text), problem -> {
                    throw new IllegalArgumentException(problem);
                })
                .orElseThrow();
    }

    @Override
    public String fingerprint() {
        return PipelineFile.fingerprint(office);
    }

    @Override
    public Configured read() {
        var result = check();
        Map<String, String> broken = new TreeMap<>();
        for (var problem : result.problems()) {
            broken.merge(relative(problem.file()), problem.toString(), (one, other) -> one + "\n" + other);
        }
        return new Configured(result.dags(), broken);
    }
}
