package org.regionaldoughnut.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The release before: of the same office, the newest of those made earlier, beside the draft or release. */
record EarlierRelease(Path folder, ReleaseNotes notes) {

    static Optional<EarlierRelease> before(Path release, ReleaseNotes notes, String framework) {
        Path storage = release.toAbsolutePath().normalize().getParent();
        Path releases = storage == null || storage.getParent() == null
                ? release
                : storage.getParent().resolve("releases");
        if (notes.created().isEmpty() || !Files.isDirectory(releases)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(releases)) {
            return folders.filter(folder -> Files.isRegularFile(folder.resolve("release.json")))
                    .map(folder -> new EarlierRelease(folder, ReleaseNotes.read(folder, framework)))
                    .filter(other -> !other.notes().id().equals(notes.id())
                            && other.notes().office().equals(notes.office())
                            && other.notes().created().compareTo(notes.created()) < 0)
                    .max(Comparator.comparing(
                                    (EarlierRelease other) -> other.notes().created())
                            .thenComparing(other -> other.notes().id()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
