package org.regionaldoughnut.ingest;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.office.Source;

/**
 * One pass over the bytes of a received file: its identity, and where its lines are.
 *
 * @param batch SHA-256 of the bytes as received
 * @param bytes size as received
 * @param blockBytes size of the blocks the file is read in
 * @param linesBefore byte offset of each block to the number of lines that belong to earlier blocks
 */
public record Receipt(Path file, String batch, long bytes, long blockBytes, Map<Long, Long> linesBefore) {
    private static final int BUFFER = 1 << 18;
    private static final long SMALLEST_SHARE = 4L << 20;

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

    /**
     * Reads the whole file once. A line belongs to the block that holds its first byte, but one that begins exactly
     * where a block begins belongs to the block before, as in Hadoop's readers of split text.
     *
     * @param largestBlock bytes; a large file is cut into equal blocks, as many for each core
     */
    public static Receipt of(Path file, long largestBlock) {
        long blockBytes = share(file.toFile().length(), largestBlock);
        MessageDigest digest = Hash.sha256();
        Map<Long, Long> linesBefore = new TreeMap<>();
        linesBefore.put(0L, 0L);
        long position = 0;
        long ended = 0;
        long nextBlock = blockBytes;
        boolean pendingReturn = false;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = new FileInputStream(file.toFile())) {
            for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                for (int i = 0; i < read; i++) {
                    byte b = buffer[i];
                    if (pendingReturn) {
                        pendingReturn = false;
                        if (b != '\n') {
                            ended++;
                        }
                    }
                    if (position == nextBlock) {
                        linesBefore.put(nextBlock, ended + 1);
                        nextBlock += blockBytes;
                    }
                    if (b == '\n') {
                        ended++;
                    } else if (b == '\r') {
                        pendingReturn = true;
                    }
                    position++;
                }
            }
        } catch (NoSuchFileException e) {
            throw Refusal.absent("?", file.toString());
        } catch (IOException e) {
            throw Refusal.unreadable(file, e.getMessage());
        }
        return new Receipt(file, Hash.hex(digest), position, blockBytes, linesBefore);
    }

    private static long share(long bytes, long largestBlock) {
        long cores = Runtime.getRuntime().availableProcessors();
        long rounds = Math.max(1, (bytes + cores * largestBlock - 1) / (cores * largestBlock));
        long equal = (bytes + cores * rounds - 1) / (cores * rounds);
        return Math.max(equal, Math.min(largestBlock, SMALLEST_SHARE));
    }

    public boolean isCompressed() {
        return file.toString().endsWith(".gz");
    }

    /** The content, decompressed. */
    InputStream open() throws IOException {
        InputStream in = Files.newInputStream(file);
        return isCompressed() ? new GZIPInputStream(in, BUFFER) : in;
    }

    /**
     * Refuses what is no complete text: empty, with NUL bytes at its beginning, or compressed and damaged anywhere.
     */
    void requireText() {
        if (bytes == 0) {
            throw Refusal.empty(file);
        }
        byte[] buffer = new byte[BUFFER];
        boolean first = true;
        try (InputStream in = open()) {
            for (int read = in.readNBytes(buffer, 0, BUFFER);
                    read > 0;
                    read = isCompressed() ? in.readNBytes(buffer, 0, BUFFER) : 0) {
                for (int i = 0; i < read && first; i++) {
                    if (buffer[i] == 0) {
                        throw Refusal.binary(file, i);
                    }
                }
                first = false;
            }
        } catch (IOException e) {
            throw isCompressed()
                    ? Refusal.truncated(file, String.valueOf(e.getMessage()))
                    : Refusal.unreadable(file, e.getMessage());
        }
        if (first) {
            throw Refusal.empty(file);
        }
    }

    /** Receipts of all files of the source. */
    public static List<Receipt> of(Source source, long blockBytes) {
        List<Receipt> receipts = new ArrayList<>();
        try {
            for (Path file : filesOf(source)) {
                receipts.add(of(file, blockBytes));
            }
        } catch (UncheckedIOException e) {
            throw Refusal.unreadable(Path.of(source.path()), e.getMessage());
        }
        return receipts;
    }
}
