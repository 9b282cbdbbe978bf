package org.regionaldoughnut.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
    private static final Comparator<ReleaseId> ORDER = Comparator.comparing(ReleaseId::office)
            .thenComparing(ReleaseId::date)
            .thenComparingInt(ReleaseId::number)
            .thenComparingInt(ReleaseId::version);

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

    /** Folder of the draft, or of the release where it has become one. */
    public Path folder(ReleaseId id) {
        return Files.isDirectory(draftFolder(id)) ? draftFolder(id) : releaseFolder(id);
    }

    /**
     * Puts the draft before the readers, all at once, and names it the latest release unless a later one is there.
     * Called again after a process died in between, it completes what is missing; where it fails, the draft is a draft
     * again.
     *
     * @param said what {@code release.json} is to say of the publication
     * @throws DoughnutException where the draft is not complete or cannot be moved
     */
    Release promote(ReleaseId id, Map<String, JsonNode> said) {
        Path draft = draftFolder(id);
        Path release = releaseFolder(id);
        boolean moved = false;
        try {
            if (Files.isDirectory(draft) && Files.exists(release)) {
                throw new DoughnutException(
                        ExitCode.CONFLICT,
                        "Cannot publish the draft " + draft + ": there is a release " + release
                                + " already. Run publish again, which builds a draft with the next number.");
            }
            if (Files.isDirectory(draft)) {
                Files.createDirectories(release.getParent());
                released(draft, said);
                Manifest.writeSums(draft);
                Files.move(draft, release, StandardCopyOption.ATOMIC_MOVE);
                moved = true;
            } else if (!Files.isDirectory(release)) {
                throw new DoughnutException(
                        ExitCode.USAGE,
                        "Cannot publish " + id + ": there is no draft " + draft + ". Build it with publish.");
            }
            if (latest().filter(last -> ORDER.compare(last.id(), id) > 0).isEmpty()) {
                ObjectNode pointer = JsonNodeFactory.instance.objectNode();
                pointer.put("id", id.toString());
                pointer.put("path", storage.relativize(release).toString().replace('\\', '/'));
                JsonFile.replace(release.resolveSibling(POINTER), pointer);
            }
            return new Release(id, release);
        } catch (IOException e) {
            takenBack(draft, release, moved, e);
            throw failed("publish the draft " + draft, e);
        }
    }

    /** What could not be published entirely is not published at all. */
    private static void takenBack(Path draft, Path release, boolean moved, IOException cause) {
        try {
            if (moved) {
                Files.move(release, draft, StandardCopyOption.ATOMIC_MOVE);
            }
            if (Files.isRegularFile(draft.resolve(DESCRIPTION))) {
                ObjectNode description = (ObjectNode) JsonFile.read(draft.resolve(DESCRIPTION));
                description.remove("published");
                JsonFile.replace(draft.resolve(DESCRIPTION), description.put("state", "draft"));
                Files.deleteIfExists(draft.resolve(Manifest.SUMS));
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private static void released(Path draft, Map<String, JsonNode> said) throws IOException {
        Path file = draft.resolve(DESCRIPTION);
        if (!Files.isRegularFile(file)) {
            throw new DoughnutException(
                    ExitCode.CONFLICT,
                    "Cannot publish the draft " + draft + ": it has no " + DESCRIPTION
                            + ", so it was not finished. Build it again with publish.");
        }
        ObjectNode description = (ObjectNode) JsonFile.read(file);
        description.setAll(said);
        JsonFile.replace(file, description.put("state", "published"));
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
                    .sorted(ORDER)
                    .map(id -> new Release(id, releaseFolder(id)))
                    .toList();
        } catch (IOException e) {
            throw failed("list the releases in " + storage, e);
        }
    }

    /** Folders of all releases of an office. */
    List<Path> folders(String office) {
        return list().stream()
                .filter(release -> release.id().office().equals(office))
                .map(Release::folder)
                .toList();
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

    /** The name of the office's next release of that day; names of drafts that are kept are taken too. */
    ReleaseId next(String office, LocalDate date, Collection<ReleaseId> kept) {
        int last = Stream.concat(list().stream().map(Release::id), kept.stream())
                .filter(id -> id.office().equals(office) && id.date().equals(date))
                .mapToInt(ReleaseId::number)
                .max()
                .orElse(0);
        return new ReleaseId(office, date, last + 1, 1);
    }

    /** The name of the next version of a release. */
    ReleaseId nextVersion(ReleaseId of, Collection<ReleaseId> kept) {
        int last = Stream.concat(list().stream().map(Release::id), kept.stream())
                .filter(id -> new ReleaseId(id.office(), id.date(), id.number(), of.version()).equals(of))
                .mapToInt(ReleaseId::version)
                .max()
                .orElse(of.version());
        return new ReleaseId(of.office(), of.date(), of.number(), last + 1);
    }

    /**
     * An empty folder for the draft. What killed runs left behind is removed: a draft of the same name, drafts that
     * were not finished and, unless drafts wait for approval, all others of the office.
     *
     * @param kept drafts that stay, whatever they are
     */
    Path begin(ReleaseId id, boolean keepFinished, Collection<ReleaseId> kept) {
        try {
            for (String name : Folders.in(storage.resolve("drafts"))) {
                Path folder = storage.resolve("drafts").resolve(name);
                Optional<ReleaseId> other = ReleaseId.parse(name)
                        .filter(found -> found.office().equals(id.office()))
                        .filter(found -> !kept.contains(found));
                boolean finished = Files.isRegularFile(folder.resolve(DESCRIPTION));
                if (other.isPresent() && (name.equals(id.toString()) || !finished || !keepFinished)) {
                    Folders.delete(folder);
                }
            }
            return Files.createDirectories(draftFolder(id));
        } catch (IOException e) {
            throw failed("make room for the draft " + draftFolder(id), e);
        }
    }

    /** Removes a draft that will not be published. */
    void discard(ReleaseId id) {
        try {
            Folders.delete(draftFolder(id));
        } catch (IOException e) {
            throw failed("remove the draft " + draftFolder(id), e);
        }
    }

    /** What {@code release.json} of the draft or release says. */
    ObjectNode description(ReleaseId id) {
        Path file = folder(id).resolve(DESCRIPTION);
        try {
            return (ObjectNode) JsonFile.read(file);
        } catch (IOException e) {
            throw failed("read " + file, e);
        }
    }

    static DoughnutException failed(String what, IOException e) {
        return new DoughnutException(
                ExitCode.INTERNAL_ERROR,
                "Cannot " + what + ": " + e + ". Check that the storage is there and writable, and run it again.",
                e);
    }
}
