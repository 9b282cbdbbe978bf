package org.regionaldoughnut.app.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.ledger.LeaseHandle;
import org.regionaldoughnut.ledger.Ledger;
import org.regionaldoughnut.ledger.RunStart;
import org.regionaldoughnut.ledger.RunState;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.publish.Dissemination;
import org.regionaldoughnut.publish.Draft;
import org.regionaldoughnut.publish.DraftRequest;
import org.regionaldoughnut.publish.ReleaseId;
import org.regionaldoughnut.publish.Releases;
import org.regionaldoughnut.publish.Revisions;
import org.regionaldoughnut.publish.Standing;

/** What a person does with releases. Whatever changes something holds the office's lease while it does. */
public final class ReleaseWork {
    private static final String PIPELINE = "release";

    private final Office office;
    private final Ledger ledger;
    private final Supplier<Lake> lake;
    private final Path storage;
    private final Clock clock;
    private final Dissemination dissemination;

    public ReleaseWork(Office office, Ledger ledger, Supplier<Lake> lake, Path storage, Clock clock) {
        this.office = office;
        this.ledger = ledger;
        this.lake = lake;
        this.storage = storage;
        this.clock = clock;
        this.dissemination = new Dissemination(office, storage, ledger, clock);
    }

    public List<Standing> list() {
        return dissemination.list();
    }

    /** @param name a release, {@code latest}, or nothing for the newest draft or else the latest release */
    public Standing status(Optional<String> name) {
        ReleaseId id = name.map(dissemination::named).orElseGet(() -> dissemination
                .newestDraft()
                .flatMap(record -> ReleaseId.parse(record.id()))
                .orElseGet(() -> dissemination.named("latest")));
        return holding("release status", d -> d.status(id));
    }

    /** Builds a draft of the figures there are, with its pages. */
    public Standing draft(Optional<Instant> embargo) {
        return build(Optional.empty(), embargo);
    }

    /** Builds the next version of a release from the figures there are now. */
    public Standing amend(String name, String note, Optional<Instant> embargo) {
        ReleaseId of = dissemination.amendable(name);
        return build(Optional.of(new DraftRequest.Amendment(of, note)), embargo);
    }

    private Standing build(Optional<DraftRequest.Amendment> amends, Optional<Instant> embargo) {
        if (ledger.latestStep(StepId.INDICATORS, Planner.ALL).isEmpty()) {
            throw new DoughnutException(
                    ExitCode.USAGE, "Cannot build a draft: no indicators were computed yet. Run 'doughnut run' first.");
        }
        return holding("release draft", d -> {
            String run = Pipeline.RUN_ID.format(clock.instant()) + "-release";
            ledger.startRun(new RunStart(run, office.id(), PIPELINE, Optional.empty(), Optional.empty()));
            RunState state = RunState.FAILED;
            try {
                UpToDate.forget(storage);
                ReleaseRoom room = new ReleaseRoom(new RunContext(
                        office,
                        ledger,
                        lake.get(),
                        storage,
                        clock,
                        Arrivals.none(),
                        Instant.MAX,
                        run,
                        false,
                        false,
                        new Fingerprints()));
                Draft draft = room.draft(amends, embargo);
                room.pages(draft.folder(), Set.of());
                state = RunState.SUCCEEDED;
                return d.status(draft.id());
            } finally {
                ledger.endRun(run, state);
            }
        });
    }

    public Standing approve(String name, String by, String note, Optional<Instant> embargo) {
        ReleaseId id = dissemination.named(name);
        return holding("release approve", d -> d.approve(id, by, note, embargo));
    }

    public Releases.Release publish(String name) {
        ReleaseId id = dissemination.named(name);
        return holding("release publish", d -> d.publish(id));
    }

    /** Publishes all that is approved and whose embargo has ended. */
    public List<Releases.Release> publishDue() {
        return holding("release publish", d -> d.publishDue(true));
    }

    /** What changed from one release or draft to another. */
    public ObjectNode diff(String from, String to, int most) {
        Releases releases = new Releases(storage);
        return new Revisions(releases.folder(dissemination.named(from)), releases.folder(dissemination.named(to)))
                .report(most);
    }

    /** Computes a release again and compares the identities of its tables; differences are listed. */
    public ObjectNode reproduce(String name, int most, Progress progress) {
        Path release = new Releases(storage).folder(dissemination.named(name));
        Path scratch = storage.resolve("scratch").resolve("reproduce-" + release.getFileName());
        try {
            Replay.clear(scratch);
            Files.createDirectories(scratch);
            Replay.Result result = new Replay(release, office)
                    .run(lake.get(), ledger, scratch, before(release), new Fingerprints(), progress);
            ObjectNode report = JsonNodeFactory.instance.objectNode();
            report.put("id", release.getFileName().toString());
            report.put("same", result.same());
            ArrayNode programs = report.putArray("rooms_of_another_program");
            result.programs().forEach(programs::add);
            ArrayNode tables = report.putArray("tables");
            result.tables().forEach(table -> tables.addObject()
                    .put("name", table.name())
                    .put("same", table.same())
                    .put("released", table.released())
                    .put("again", table.again()));
            if (!result.same()) {
                report.set("differences", new Revisions(release, result.folder()).report(most));
            }
            Replay.clear(scratch);
            return report;
        } catch (IOException e) {
            throw new DoughnutException(
                    ExitCode.INTERNAL_ERROR,
                    "Cannot reproduce " + name + ": " + e + ". Check the space and the rights of " + scratch + ".",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " was computed again", e);
        }
    }

    private List<Path> before(Path release) {
        List<Path> before = new ArrayList<>();
        for (Releases.Release other : new Releases(storage).list()) {
            if (other.folder().equals(release)) {
                break;
            }
            before.add(other.folder());
        }
        return before;
    }

    private <T> T holding(String what, Function<Dissemination, T> work) {
        try (LeaseHandle lease = ledger.acquireLease("doughnut " + what)) {
            lease.verify();
            return work.apply(dissemination);
        }
    }
}
