package org.regionaldoughnut.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.regionaldoughnut.ledger.Approval;
import org.regionaldoughnut.ledger.Ledger;
import org.regionaldoughnut.ledger.ReleaseRecord;
import org.regionaldoughnut.ledger.ReleaseState;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.NearMiss;
import org.regionaldoughnut.office.Office;

/**
 * The life of releases: draft, approved, embargoed, published, amended. An approval holds for the bytes that were
 * approved and no others. Nothing is put before the readers that lacks a needed approval or is under embargo. Whoever
 * changes something here holds the office's lease. No Spark is needed.
 */
public final class Dissemination {
    private final Office office;
    private final Releases releases;
    private final Ledger ledger;
    private final Clock clock;

    public Dissemination(Office office, Path storage, Ledger ledger, Clock clock) {
        this.office = office;
        this.releases = new Releases(storage);
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Drafts that must not be removed: someone has approved them, or they correct a release. */
    public Set<ReleaseId> kept() {
        Set<ReleaseId> kept = new HashSet<>();
        for (ReleaseRecord release : ledger.releases()) {
            boolean waits = release.state() == ReleaseState.APPROVED || release.state() == ReleaseState.EMBARGOED;
            boolean corrects =
                    release.state() == ReleaseState.DRAFT && release.amends().isPresent();
            if (waits || corrects) {
                ReleaseId.parse(release.id()).ifPresent(kept::add);
            }
        }
        return kept;
    }

    /** Records a finished draft. Where nobody has to approve, it may be published when its embargo ends. */
    public void drafted(Draft draft, String run) {
        ReleaseRecord record = ReleaseRecord.draft(
                draft.id().toString(),
                office.id(),
                draft.folder().toString(),
                draft.contentHash(),
                run,
                now(),
                draft.embargo(),
                draft.amends().map(ReleaseId::toString));
        ledger.recordRelease(record);
    }

    /** The newest draft that has not been approved. */
    public Optional<ReleaseRecord> newestDraft() {
        return ledger.latestRelease(ReleaseState.DRAFT).filter(record -> Files.isDirectory(Path.of(record.folder())));
    }

    /**
     * Approves a draft as it is. Approved drafts for the same time are discarded: the newest takes their place.
     *
     * @param embargo replaces the draft's own; absent: the draft's own
     * @throws DoughnutException where there is no such draft
     */
    public Standing approve(ReleaseId id, String by, String note, Optional<Instant> embargo) {
        ReleaseRecord record = record(id);
        if (record.isPublic()) {
            throw new DoughnutException(
                    ExitCode.CONFLICT,
                    "Cannot approve " + id + ": it was published on "
                            + record.published().map(Instant::toString).orElse("an unknown day")
                            + " and does not change any more. Correct it with 'doughnut release amend " + id + "'.");
        }
        Optional<Instant> until = embargo.isPresent() ? embargo : record.embargo();
        Approval approval = new Approval(by, now(), note, manifest(id));
        ledger.recordRelease(record.approved(approval, until));
        for (ReleaseRecord other : ledger.releases()) {
            boolean waits = other.state() == ReleaseState.APPROVED || other.state() == ReleaseState.EMBARGOED;
            if (waits
                    && !other.id().equals(record.id())
                    && other.embargo().equals(until)
                    && other.amends().equals(record.amends())) {
                ledger.recordRelease(other.in(ReleaseState.DISCARDED));
                ReleaseId.parse(other.id()).ifPresent(releases::discard);
            }
        }
        return status(id);
    }

    /** What is true of a release now; an approval of other bytes is void from here on. */
    public Standing status(ReleaseId id) {
        ReleaseRecord record = record(id);
        boolean voided = !record.isPublic()
                && record.approval().isPresent()
                && !record.approval().get().hash().equals(manifest(id));
        if (voided) {
            record = record.withoutApproval();
            ledger.recordRelease(record);
        }
        return standing(id, record, voided);
    }

    /** All releases and drafts, in the order in which they were made. */
    public List<Standing> list() {
        return standings(record -> true);
    }

    /** The newest draft that is not before the readers. Releases that are may be many, and are not looked at. */
    public Optional<Standing> pending() {
        return standings(record -> !record.isPublic()).stream().reduce((earlier, later) -> later);
    }

    private List<Standing> standings(Predicate<ReleaseRecord> wanted) {
        List<Standing> all = new ArrayList<>();
        for (ReleaseRecord record : ledger.releases()) {
            ReleaseId.parse(record.id())
                    .filter(id -> record.state() != ReleaseState.DISCARDED && wanted.test(record))
                    .filter(id -> Files.isDirectory(releases.folder(id)))
                    .ifPresent(id -> all.add(standing(id, record, false)));
        }
        return all;
    }

    private Standing standing(ReleaseId id, ReleaseRecord record, boolean voided) {
        Path folder = releases.folder(id);
        try {
            return new Standing(
                    id,
                    record.state(),
                    folder,
                    record.created(),
                    record.embargo(),
                    record.approval(),
                    voided,
                    record.published(),
                    record.amends(),
                    record.contentHash(),
                    record.isPublic() ? Manifest.damaged(folder) : List.of(),
                    releases.latest().filter(last -> last.id().equals(id)).isPresent());
        } catch (IOException e) {
            throw Releases.failed("read the release " + folder, e);
        }
    }

    /**
     * Puts a release before the readers.
     *
     * @throws DoughnutException with {@link ExitCode#EMBARGO} where the approval is missing or void, or the embargo has
     *     not ended
     */
    public Releases.Release publish(ReleaseId id) {
        ReleaseRecord record = record(id);
        if (record.isPublic()) {
            return releases.promote(id, Map.of());
        }
        Standing standing = status(id);
        boolean approved = standing.approval().isPresent();
        if (office.approvalRequired() && !approved) {
            throw new DoughnutException(
                    ExitCode.EMBARGO,
                    "Cannot publish " + id + ": "
                            + (standing.voided()
                                    ? "it was changed after it was approved, so the approval is void"
                                    : "nobody has approved it")
                            + ". Look at " + standing.folder() + " and approve it with 'doughnut release approve " + id
                            + " --by NAME'.");
        }
        Optional<Instant> embargo = standing.embargo().filter(now()::isBefore);
        if (embargo.isPresent()) {
            throw new DoughnutException(
                    ExitCode.EMBARGO,
                    "Cannot publish " + id + ": it is under embargo until "
                            + embargo.get().atZone(office.timeZone()).toLocalDateTime() + " (" + office.timeZone()
                            + "). Publish it then, or set another time with 'doughnut release approve " + id
                            + " --embargo TIME'.");
        }
        Instant now = now();
        Releases.Release release = releases.promote(id, said(standing, now));
        ledger.recordRelease(record(id).published(release.folder().toString(), now));
        record.amends()
                .flatMap(ledger::release)
                .filter(ReleaseRecord::isPublic)
                .ifPresent(old -> ledger.recordRelease(old.in(ReleaseState.AMENDED)));
        return release;
    }

    /**
     * A finished draft goes as far as it may by itself: before the readers, or into its embargo, or, where someone has
     * to approve it, nowhere.
     */
    public Optional<Releases.Release> finished(ReleaseId id) {
        if (office.approvalRequired()) {
            return Optional.empty();
        }
        if (record(id).embargo().filter(now()::isBefore).isPresent()) {
            approve(id, "the office", "publication.approval is none", Optional.empty());
            return Optional.empty();
        }
        return Optional.of(publish(id));
    }

    private static Map<String, JsonNode> said(Standing standing, Instant now) {
        Map<String, JsonNode> said = new LinkedHashMap<>();
        said.put("published", TextNode.valueOf(now.toString()));
        standing.embargo().ifPresent(until -> said.put("embargo", TextNode.valueOf(until.toString())));
        standing.approval().ifPresent(approval -> {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("by", approval.by());
            node.put("at", approval.at().toString());
            node.put("note", approval.note());
            node.put("hash", approval.hash());
            said.put("approval", node);
        });
        return said;
    }

    /**
     * Publishes what was under embargo once its time has come.
     *
     * @param approved whether to publish too what was approved without an embargo
     */
    public List<Releases.Release> publishDue(boolean approved) {
        List<Releases.Release> published = new ArrayList<>();
        for (ReleaseRecord record : ledger.releases()) {
            boolean waits =
                    record.state() == ReleaseState.EMBARGOED || approved && record.state() == ReleaseState.APPROVED;
            boolean ended = record.embargo().filter(now()::isBefore).isEmpty();
            Optional<ReleaseId> id = ReleaseId.parse(record.id());
            if (waits && ended && id.isPresent() && Files.isDirectory(releases.folder(id.get()))) {
                published.add(publish(id.get()));
            }
        }
        return published;
    }

    /** Whether something waits for nothing but its time. */
    public boolean waiting() {
        return ledger.releases().stream().anyMatch(record -> record.state() == ReleaseState.EMBARGOED);
    }

    /**
     * A release that may be amended.
     *
     * @throws DoughnutException where it is not before the readers
     */
    public ReleaseId amendable(String name) {
        ReleaseId id = named(name);
        ReleaseRecord record = record(id);
        if (record.state() == ReleaseState.AMENDED) {
            throw new DoughnutException(
                    ExitCode.CONFLICT,
                    "Cannot amend " + id + ": a newer version has taken its place. Amend the newest; see 'doughnut"
                            + " release list'.");
        }
        if (!record.isPublic()) {
            throw new DoughnutException(
                    ExitCode.CONFLICT,
                    "Cannot amend " + id + ": it is not published, so it can still be built anew. Run 'doughnut"
                            + " release draft'.");
        }
        return id;
    }

    /** The release or draft of that name. */
    public ReleaseId named(String name) {
        List<String> known = ledger.releases().stream().map(ReleaseRecord::id).toList();
        if (name.equals("latest")) {
            return releases.latest()
                    .map(Releases.Release::id)
                    .orElseThrow(() -> new DoughnutException(
                            ExitCode.USAGE, "Cannot find the latest release: there is none yet. Run 'doughnut run'."));
        }
        return ReleaseId.parse(name)
                .filter(id -> known.contains(name) || Files.isDirectory(releases.folder(id)))
                .orElseThrow(() -> new DoughnutException(
                        ExitCode.USAGE,
                        "Cannot find the release '" + name + "': there is none of that name."
                                + NearMiss.hint(name, known) + " See 'doughnut release list'."));
    }

    private ReleaseRecord record(ReleaseId id) {
        return ledger.release(id.toString())
                .filter(record -> Files.isDirectory(releases.folder(id)))
                .orElseThrow(() -> new DoughnutException(
                        ExitCode.USAGE,
                        "Cannot find the release " + id + ": the ledger or its folder " + releases.folder(id)
                                + " is not there. See 'doughnut release list'."));
    }

    private String manifest(ReleaseId id) {
        Path folder = releases.folder(id);
        try {
            return Manifest.of(folder).hash();
        } catch (IOException e) {
            throw Releases.failed("read the draft " + folder, e);
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
