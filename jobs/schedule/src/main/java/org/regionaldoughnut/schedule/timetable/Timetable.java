package org.regionaldoughnut.schedule.timetable;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.regionaldoughnut.schedule.model.Dag;
import org.regionaldoughnut.schedule.model.DataInterval;
import org.regionaldoughnut.schedule.model.DueRun;
import org.regionaldoughnut.schedule.model.Schedule;

/** The times of one DAG. */
public final class Timetable {
    private static final ConcurrentHashMap<String, Cron> PARSED = new ConcurrentHashMap<>();

    private final Dag dag;
    private final Optional<Cron> cron;

    private Timetable(Dag dag) {
        this.dag = dag;
        this.cron = dag.schedule().kind() == Schedule.Kind.CRON
                ? Optional.of(cron(dag.schedule().expression()))
                : Optional.empty();
    }

    public static Timetable of(Dag dag) {
        return new Timetable(dag);
    }

    /** @throws IllegalArgumentException that says what is wrong with the cron string */
    public static void check(String expression) {
        cron(expression);
    }

    /** The first time of a cron string after the given one. */
    public static Instant after(String expression, ZoneId zone, Instant time) {
        return cron(expression)
                .after(time, zone)
                .orElseThrow(() -> new IllegalArgumentException("'" + expression + "' does not come again"));
    }

    /** Strings differ by a handful in one office: each is read once. */
    private static Cron cron(String expression) {
        return PARSED.computeIfAbsent(expression, Cron::parse);
    }

    /**
     * The run that is due next.
     *
     * @param last when the last scheduled run was due
     * @param now without catch-up, of several runs that are due by now only the latest counts
     */
    public Optional<DueRun> next(Optional<Instant> last, Instant now) {
        return switch (dag.schedule().kind()) {
            case NONE, ASSETS -> Optional.empty();
            case ONCE -> last.isPresent() ? Optional.empty() : within(point(dag.startDate()));
            case CONTINUOUS -> {
                var at = now.isBefore(dag.startDate()) ? dag.startDate() : now;
                yield within(
                        new DueRun(at, new DataInterval(last.filter(at::isAfter).orElse(at), at), at));
            }
            case CRON -> nextOfCron(last, now).flatMap(this::within);
        };
    }

    /** Whether a run is due whenever none is active. */
    public boolean isContinuous() {
        return dag.schedule().kind() == Schedule.Kind.CONTINUOUS;
    }

    private Optional<DueRun> nextOfCron(Optional<Instant> last, Instant now) {
        var first = first();
        var next = last.isPresent() ? after(last.get()) : first;
        if (next.isEmpty()) {
            return Optional.empty();
        }
        var fire = next.get();
        if (first.isPresent() && fire.isBefore(first.get())) {
            fire = first.get();
        }
        if (!dag.catchup()) {
            var latest = cron.orElseThrow().atOrBefore(now, dag.zone());
            if (latest.isPresent() && latest.get().isAfter(fire)) {
                fire = latest.get();
            }
        }
        return Optional.of(due(fire));
    }

    /** The first time that a run may be due: with data intervals, the first one must begin at or after the start. */
    private Optional<Instant> first() {
        var aligned = after(dag.startDate().minusNanos(1));
        return dag.schedule().dataInterval() ? aligned.flatMap(this::after) : aligned;
    }

    private Optional<Instant> after(Instant time) {
        return cron.orElseThrow().after(time, dag.zone());
    }

    private Instant before(Instant fire) {
        return cron.orElseThrow()
                .atOrBefore(fire.minusNanos(1), dag.zone())
                .orElseThrow(() -> new IllegalArgumentException("there is no time before " + fire));
    }

    private DueRun due(Instant fire) {
        if (!dag.schedule().dataInterval()) {
            return point(fire);
        }
        var start = before(fire);
        return new DueRun(start, new DataInterval(start, fire), fire);
    }

    private static DueRun point(Instant at) {
        return new DueRun(at, new DataInterval(at, at), at);
    }

    private Optional<DueRun> within(DueRun due) {
        return dag.endDate().isPresent()
                        && due.logicalDate().isAfter(dag.endDate().get())
                ? Optional.empty()
                : Optional.of(due);
    }

    /** What a run by hand stands for: with data intervals, the last one that was over by then. */
    public DataInterval intervalOf(Instant logicalDate) {
        if (cron.isEmpty() || !dag.schedule().dataInterval()) {
            return new DataInterval(logicalDate, logicalDate);
        }
        var end = cron.get().atOrBefore(logicalDate, dag.zone()).orElse(logicalDate);
        return new DataInterval(before(end), end);
    }

    /** The first runs whose logical date is in the range, both ends included, oldest first. */
    public List<DueRun> between(Instant from, Instant to, int most) {
        var runs = new ArrayList<DueRun>();
        if (cron.isEmpty()) {
            return runs;
        }
        var fire = after(from.minusNanos(1));
        if (dag.schedule().dataInterval()) {
            fire = fire.flatMap(this::after);
        }
        while (fire.isPresent() && runs.size() < most) {
            var due = due(fire.get());
            if (due.logicalDate().isAfter(to)) {
                break;
            }
            runs.add(due);
            fire = after(fire.get());
        }
        return runs;
    }
}
