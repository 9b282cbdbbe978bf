package org.regionaldoughnut.ingest;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.office.Format;
import org.regionaldoughnut.office.Source;

/**
 * A received file, or a member of a received archive, by its content.
 *
 * @param member name of the member of a ZIP archive, empty for a file of its own
 * @param batch SHA-256 of the bytes as received; of a member that of the archive with its name
 * @param bytes size as received
 * @param largestBlock bytes of a text that one task reads at most
 */
public record Receipt(Path file, String member, String batch, long bytes, long largestBlock) {
    private static final int BUFFER = 1 << 18;

    /** Files of the source that are there now, in order of name. Throws where there is none. */
    public static List<Path> filesOf(Source source) {
        return filesOf(source.id(), source.path());
    }

    /**
     * @param source named where there is no file
     * @param place a path, or a pattern of paths
     */
    public static List<Path> filesOf(String source, String place) {
        Path path = Path.of(place);
        if (!Source.isPattern(place)) {
            if (!Files.isRegularFile(path)) {
                throw Refusal.absent(source, place);
            }
            return List.of(path);
        }
        Path folder = path.getParent();
        while (Source.isPattern(folder.toString())) {
            folder = folder.getParent();
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + place);
        try (Stream<Path> walk = Files.isDirectory(folder) ? Files.walk(folder) : Stream.empty()) {
            List<Path> files = walk.filter(f -> Files.isRegularFile(f) && matcher.matches(f))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw Refusal.absent(source, place);
            }
            return files;
        } catch (IOException e) {
            throw Refusal.unreadable(folder, e.getMessage());
        }
    }

    /** Hashes the whole file. */
    public static Receipt of(Path file, long largestBlock) {
        MessageDigest digest = Hash.sha256();
        long bytes = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = new FileInputStream(file.toFile())) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                bytes += read;
            }
        } catch (IOException e) {
            throw Refusal.unreadable(file, String.valueOf(e.getMessage()));
        }
        return new Receipt(file, "", Hash.hex(digest), bytes, largestBlock);
    }

    /** The members of the archive that the format wants, each as a file of its own; the file itself for any other. */
    static List<Receipt> of(Path file, Format format, long largestBlock) {
        Receipt whole = of(file, largestBlock);
        if (!Archive.isArchive(file, format)) {
            return List.of(whole);
        }
        List<Receipt> members = new ArrayList<>();
        for (String member : Archive.members(file, format.member())) {
            members.add(new Receipt(file, member, Hash.of(List.of(whole.batch, member)), whole.bytes, largestBlock));
        }
        return members;
    }

    /** Name of the file, with that of the member behind an exclamation mark. */
    public String name() {
        String name = file.getFileName().toString();
        return member.isEmpty() ? name : name + "!" + member;
    }

    /** Receipts of all files of the source. */
    public static List<Receipt> of(Source source, long largestBlock) {
        List<Receipt> receipts = new ArrayList<>();
        try {
            for (Path file : filesOf(source)) {
                receipts.addAll(of(file, source.format(), largestBlock));
            }
        } catch (UncheckedIOException e) {
            throw Refusal.unreadable(Path.of(source.path()), e.getMessage());
        }
        return receipts;
    }
}
