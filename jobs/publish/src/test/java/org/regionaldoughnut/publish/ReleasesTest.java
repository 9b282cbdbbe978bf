package org.regionaldoughnut.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.model.DoughnutException;

class ReleasesTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 2);

    @TempDir
    Path storage;

    private Releases releases;

    @BeforeEach
    void open() {
        releases = new Releases(storage);
    }

    @Test
    void aPromotedDraftIsTheLatestRelease() throws IOException {
        assertThat(releases.latest()).isEmpty();
        ReleaseId first = draft(1);
        Releases.Release release = promoted(first);

        assertThat(release.folder()).isEqualTo(storage.resolve("releases/isle-2026-03-02-1"));
        assertThat(releases.draftFolder(first)).doesNotExist();
        assertThat(Files.readString(release.folder().resolve("release.json"))).contains("\"published\"");
        assertThat(Files.readString(storage.resolve("releases/latest.json")))
                .isEqualTo("{\n  \"id\" : \"isle-2026-03-02-1\",\n  \"path\" : \"releases/isle-2026-03-02-1\"\n}\n");
        assertThat(releases.latest()).contains(release);
    }

    @Test
    void aCrashBeforeTheLastStepLeavesTheEarlierReleaseAndTheNextTryCompletesIt() throws IOException {
        promoted(draft(1));
        ReleaseId second = draft(2);
        Files.move(releases.draftFolder(second), releases.releaseFolder(second));
        assertThat(releases.latest()).map(r -> r.id().number()).contains(1);

        promoted(second);
        assertThat(releases.latest()).map(r -> r.id().number()).contains(2);
    }

    @Test
    void aDraftThatWasNotFinishedIsNotPublished() throws IOException {
        promoted(draft(1));
        ReleaseId second = new ReleaseId("isle", DAY, 2, 1);
        Files.createDirectories(releases.draftFolder(second));
        assertThatThrownBy(() -> promoted(second))
                .isInstanceOf(DoughnutException.class)
                .hasMessageContaining("has no release.json, so it was not finished. Build it again");
        assertThat(releases.drafts()).isEmpty();
        assertThat(releases.latest()).map(r -> r.id().number()).contains(1);
    }

    @Test
    void releasesAreListedInTheirOrderAndCountedByDay() throws IOException {
        for (int number : new int[] {10, 9, 1}) {
            promoted(draft(number));
        }
        Files.createDirectories(storage.resolve("releases/notes"));
        assertThat(releases.list()).extracting(r -> r.id().number()).containsExactly(1, 9, 10);
        assertThat(releases.next("isle", DAY, Set.of())).hasToString("isle-2026-03-02-11");
        assertThat(releases.next("isle", DAY.plusDays(1), Set.of())).hasToString("isle-2026-03-03-1");
        assertThat(releases.next("other", DAY, Set.of())).hasToString("other-2026-03-02-1");
    }

    @Test
    void draftsThatWaitForApprovalAreKept() throws IOException {
        ReleaseId waiting = draft(1);
        releases.begin(new ReleaseId("isle", DAY.plusDays(1), 1, 1), true, Set.of());
        assertThat(releases.drafts()).containsExactly(waiting);
        releases.begin(new ReleaseId("isle", DAY.plusDays(1), 1, 1), false, Set.of());
        assertThat(releases.drafts()).isEmpty();
    }

    @Test
    void whereTheReleasesCannotBeWrittenTheDraftStaysADraft() throws IOException {
        ReleaseId first = draft(1);
        Files.writeString(storage.resolve("releases"), "a file where a folder should be");
        assertThatThrownBy(() -> promoted(first))
                .isInstanceOf(DoughnutException.class)
                .hasMessageStartingWith("Cannot publish the draft ")
                .hasMessageContaining("Check that the storage is there and writable");
        assertThat(releases.draftFolder(first).resolve("release.json"))
                .content()
                .contains("\"draft\"");
        Files.delete(storage.resolve("releases"));
        assertThat(promoted(first).folder()).isDirectory();
    }

    @Test
    void whereTheLastStepFailsNothingIsPublished() throws IOException {
        promoted(draft(1));
        String latest = Files.readString(storage.resolve("releases/latest.json"));
        // what the pointer is written to first cannot be written
        Files.createDirectories(storage.resolve("releases/.latest.json.writing"));
        ReleaseId second = draft(2);
        assertThatThrownBy(() -> promoted(second)).isInstanceOf(DoughnutException.class);
        assertThat(storage.resolve("releases/latest.json")).hasContent(latest);
        assertThat(releases.releaseFolder(second)).doesNotExist();
        assertThat(releases.draftFolder(second).resolve("release.json"))
                .content()
                .contains("\"draft\"");
        assertThat(releases.draftFolder(second).resolve("SHA256SUMS")).doesNotExist();
    }

    @Test
    void anOldReleaseThatIsAmendedDoesNotBecomeTheLatest() throws IOException {
        promoted(draft(1));
        promoted(draft(2));
        ReleaseId amended = new ReleaseId("isle", DAY, 1, 2);
        assertThat(releases.nextVersion(new ReleaseId("isle", DAY, 1, 1), Set.of()))
                .isEqualTo(amended);
        Files.createDirectories(releases.draftFolder(amended));
        Files.writeString(releases.draftFolder(amended).resolve("release.json"), "{}");
        promoted(amended);
        assertThat(releases.latest()).map(Releases.Release::id).contains(new ReleaseId("isle", DAY, 2, 1));
    }

    @Test
    void theNameOfAReleaseIsReadBack() {
        assertThat(ReleaseId.parse("north-isle-2026-03-02-12-v3"))
                .contains(new ReleaseId("north-isle", DAY, 12, 3))
                .map(ReleaseId::toString)
                .contains("north-isle-2026-03-02-12-v3");
        assertThat(ReleaseId.parse("isle-2026-02-30-1")).isEmpty();
        assertThat(ReleaseId.parse("isle-2026-03-02-0")).isEmpty();
        assertThat(ReleaseId.parse("notes")).isEmpty();
    }

    private Releases.Release promoted(ReleaseId id) {
        return releases.promote(id, Map.of());
    }

    private ReleaseId draft(int number) throws IOException {
        ReleaseId id = new ReleaseId("isle", DAY, number, 1);
        Files.createDirectories(releases.draftFolder(id));
        Files.writeString(releases.draftFolder(id).resolve("release.json"), "{\"state\": \"draft\"}");
        return id;
    }
}
