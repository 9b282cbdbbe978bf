package org.regionaldoughnut.ingest;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.regionaldoughnut.office.Format;

/** The members of a ZIP archive. They are read where they lie: nothing is unpacked to a disk. */
final class Archive {
    private static final int MOST_MEMBERS = 10_000;

    private Archive() {}

    /** Workbooks are archives too, but are read as what they are. */
    static boolean isArchive(Path file, Format format) {
        return file.toString().endsWith(".zip") && !format.isSpreadsheet()
                || format.member().isPresent();
    }

    /**
     * Names of the members wanted, in order.
     *
     * @param wanted a name or a pattern of names; absent for the only member
     */
    static List<String> members(Path file, Optional<String> wanted) {
        List<String> all = new ArrayList<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MOST_MEMBERS) {
                throw Refusal.badArchive(file, "it has " + zip.size() + " members, more than " + MOST_MEMBERS);
            }
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(e -> (ZipEntry) e)::iterator) {
                requireInside(file, entry.getName());
                if (!entry.isDirectory()) {
                    all.add(entry.getName());
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw Refusal.badArchive(file, "it is no complete ZIP archive (" + e.getMessage() + ")");
        }
        if (all.isEmpty()) {
            throw Refusal.badArchive(file, "it has no members");
        }
        if (wanted.isEmpty()) {
            if (all.size() > 1) {
                throw Refusal.severalMembers(file, all);
            }
            return all;
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + wanted.get());
        List<String> members = all.stream()
                .filter(name -> name.equals(wanted.get()) || matcher.matches(Path.of(name)))
                .sorted()
                .toList();
        if (members.isEmpty()) {
            throw Refusal.noMember(file, wanted.get(), all);
        }
        return members;
    }

    /** An archive that names a place outside itself was made to do harm, whatever else is in it. */
    private static void requireInside(Path file, String name) {
        String unix = name.replace('\\', '/');
        boolean outside = unix.startsWith("/")
                || unix.matches("[A-Za-z]:.*")
                || unix.indexOf('\0') >= 0
                || List.of(unix.split("/")).contains("..");
        if (outside) {
            throw Refusal.badArchive(file, "its member '" + name.replace('\0', '?') + "' names a place outside it");
        }
    }
}
