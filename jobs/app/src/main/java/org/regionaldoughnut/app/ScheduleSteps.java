package org.regionaldoughnut.app;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.schedule.task.Steps;

/** The verbs as tasks of the scheduler: in this process, on the command line of a new one, or submitted. */
final class ScheduleSteps implements Steps {
    private static final Clock NO_TIME = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);

    private final Clock clock;
    private final List<String> officeWords;
    private final Path home;
    private final Office office;

    /** @param officeWords the options that name the office, its settings and storage */
    ScheduleSteps(Clock clock, List<String> officeWords, Path home, Office office) {
        this.clock = clock;
        this.officeWords = List.copyOf(officeWords);
        this.home = home;
        this.office = office;
    }

    /** Every verb but the scheduler itself. */
    static Set<String> known() {
        var line = Doughnut.described(NO_TIME, Map.of());
        var verbs = new TreeSet<>(line.getSubcommands().keySet());
        verbs.remove("schedule");
        return verbs;
    }

    @Override
    public Set<String> verbs() {
        return known();
    }

    /** A session that a step opens stays open for the next; its jobs carry the try's name, to be cancelled by it. */
    @Override
    public int run(String name, List<String> arguments, Map<String, String> environment, Writer out, Writer err) {
        Workplace.keepSessions();
        var words = new ArrayList<>(officeWords);
        words.addAll(arguments);
        SparkJobs.name(name);
        try {
            return Doughnut.execute(
                    clock,
                    environment,
                    new PrintWriter(out, true),
                    new PrintWriter(err, true),
                    words.toArray(String[]::new));
        } finally {
            SparkJobs.forget();
        }
    }

    @Override
    public void cancel(String name) {
        SparkSession.getDefaultSession().foreach(session -> {
            session.sparkContext().cancelJobGroup(name);
            return null;
        });
    }

    @Override
    public List<String> fork() {
        var words = new ArrayList<>(List.of(home.resolve("doughnut").toString()));
        words.addAll(officeWords);
        return words;
    }

    @Override
    public List<String> submit() {
        var words = new ArrayList<String>();
        office.settings().at("/scheduler/spark_submit").forEach(word -> words.add(word.asText()));
        if (words.isEmpty()) {
            throw new IllegalArgumentException(
                    "scheduler.spark_submit names no command. Give the words that submit a step, up to the verb");
        }
        words.addAll(officeWords);
        return words;
    }
}
