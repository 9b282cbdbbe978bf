package org.regionaldoughnut.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/**
 * The drafts and releases below one storage folder. A release is visible when {@code releases/latest.json} names it:
 * that file is replaced last and atomically, so that a process that dies in between leaves the earlier release in
 * place. No Spark is needed. The storage is a folder of a file system of this machine.
 */
public final class Releases {
    static final String DESCRIPTION = "release.json";
    private static final String POINTER = "latest.json";

    private final Path storage;

    public Releases(Path storage) {
        this.storage = storage;
    }

    /** A published release and its folder. */
    public record Release(ReleaseId id, Path folder) {}

    /** Folder of a draft, whether it is there or not. */
    public Path draftFolder(ReleaseId id) {
        return storage.resolve("drafts").resolve(id.toString());
    }

    /** Folder of a release, whether it is there or not. */
    public Path releaseFolder(ReleaseId id) {
        return storage.resolve("releases").resolve(id.toString());
    }

    /**
     * Makes the draft the latest release. Called again after a process died in between, it completes what is missing.
     *
     * @throws DoughnutException where the draft is not complete
     */
    public Release promote(ReleaseId id) {
        Path draft = draftFolder(id);
        Path release = releaseFolder(id);
        try {
            if (Files.isDirectory(draft) && Files.exists(release)) {
                throw new DoughnutException(
                        ExitCode.CONFLICT,
                        "Cannot publish the draft " + draft + ": there is a release " + release
                                + " already. Run publish again, which builds a draft with the next number.");
            }
            if (Files.isDirectory(draft)) {
                released(draft);
                Files.createDirectories(release.getParent());
                Files.move(draft, release, StandardCopyOption.ATOMIC_MOVE);
            } else if (!Files.isDirectory(release)) {
                throw new DoughnutException(
                        ExitCode.USAGE,
                        "Cannot publish " + id + ": there is no draft " + draft + ". Build it with publish.");
            }
            ObjectNode pointer = JsonNodeFactory.instance.objectNode();
            pointer.put("id", id.toString());
            pointer.put("path", storage.relativize(release).toString().replace('\\', '/'));
            JsonFile.replace(release.resolveSibling(POINTER), pointer);
            return new Release(id, release);
        } catch (IOException e) {
            throw failed("publish the draft " + draft, e);
        }
    }

    public Release promote(Draft draft) {
        return promote(draft.id());
    }

    private static void released(Path draft) throws IOException {
        Path file = draft.resolve(DESCRIPTION);
        if (!Files.isRegularFile(file)) {
            throw new DoughnutException(
                    ExitCode.CONFLICT,
                    "Cannot publish the draft " + draft + ": it has no " + DESCRIPTION
                            + ", so it was not finished. Build it again with publish.");
        }
        ObjectNode description = (ObjectNode) JsonFile.read(file);
        JsonFile.replace(file, description.put("state", "released"));
    }

    /** The release that {@code latest.json} names; none before the first. */
    public Optional<Release> latest() {
        Path pointer = storage.resolve("releases").resolve(POINTER);
        if (!Files.isRegularFile(pointer)) {
            return Optional.empty();
        }
        try {
            JsonNode latest = JsonFile.read(pointer);
            Path folder = storage.resolve(latest.path("path").asText()).normalize();
            Optional<ReleaseId> id = ReleaseId.parse(latest.path("id").asText());
            if (id.isEmpty() || !Files.isDirectory(folder)) {
                throw new DoughnutException(
                        ExitCode.DATA_REFUSED,
                        "Cannot find the latest release: " + pointer + " names '"
                                + latest.path("id").asText() + "' in " + folder
                                + ", which is not there. Restore that folder, or publish again.");
            }
            return Optional.of(new Release(id.get(), folder));
        } catch (IOException e) {
            throw failed("read " + pointer, e);
        }
    }

    /** All releases in the order they were made, offices apart. */
    public List<Release> list() {
        try {
            return Folders.in(storage.resolve("releases")).stream()
                    .flatMap(name -> ReleaseId.parse(name).stream())
                    .sorted(Comparator.comparing(ReleaseId::office)
                            .thenComparing(ReleaseId::date)
                            .thenComparingInt(ReleaseId::number)
                            .thenComparingInt(ReleaseId::version))
                    .map(id -> new Release(id, releaseFolder(id)))
                    .toList();
        } catch (IOException e) {
            throw failed("list the releases in " + storage, e);
        }
    }

    /** Drafts that are complete. */
    public List<ReleaseId> drafts() {
        try {
            return Folders.in(storage.resolve("drafts")).stream()
                    .flatMap(name -> ReleaseId.parse(name).stream())
                    .filter(id -> Files.isRegularFile(draftFolder(id).resolve(DESCRIPTION)))
                    .toList();
        } catch (IOException e) {
            throw failed("list the drafts in " + storage, e);
        }
    }

    /** The name of the office's next release of that day. */
    ReleaseId next(String office, LocalDate date) {
        int last = list().stream()
                .map(Release::id)
                .filter(id -> id.office().equals(office) && id.date().equals(date))
                .mapToInt(ReleaseId::number)
                .max()
                .orElse(0);
        return new ReleaseId(office, date, last + 1, 1);
    }

    /**
     * An empty folder for the draft. What killed runs left behind is removed: a draft of the same name, drafts that
     * were not finished and, unless drafts wait for approval, all others of the office.
     */
    Path begin(ReleaseId id, boolean keepFinished) {
        try {
            for (String name : Folders.in(storage.resolve("drafts"))) {
                Path folder = storage.resolve("drafts").resolve(name);
                boolean ours = ReleaseId.parse(name)
                        .filter(other -> other.office().equals(id.office()))
                        .isPresent();
                boolean finished = Files.isRegularFile(folder.resolve(DESCRIPTION));
                if (ours && (name.equals(id.toString()) || !finished || !keepFinished)) {
                    Folders.delete(folder);
                }
            }
            return Files.createDirectories(draftFolder(id));
        } catch (IOException e) {
            throw failed("make room for the draft " + draftFolder(id), e);
        }
    }

    private static DoughnutException failed(String what, IOException e) {
        return new DoughnutException(
                ExitCode.INTERNAL_ERROR,
                "Cannot " + what + ": " + e + ". Check that the storage is there and writable, and run it again.",
                e);
    }
}
