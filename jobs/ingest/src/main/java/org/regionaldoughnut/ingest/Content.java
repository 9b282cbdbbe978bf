package org.regionaldoughnut.ingest;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The bytes of a received file as a reader wants them: a member of an archive taken out, gzip and zstd undone.
 *
 * @param member name within the ZIP archive, empty for a file of its own
 */
record Content(String file, String member) implements Serializable {
    private static final int BUFFER = 1 << 16;

    static Content of(Receipt receipt) {
        return new Content(receipt.file().toString(), receipt.member());
    }

    Path path() {
        return Path.of(file);
    }

    /** Whether reading may begin anywhere: the bytes of the file are the bytes of the content. */
    boolean isPlain() {
        return member.isEmpty() && !isPacked(file);
    }

    private static boolean isPacked(String name) {
        return name.endsWith(".gz") || name.endsWith(".zst");
    }

    /** The content from its beginning. What a small file would grow into beyond measure ends with an error. */
    InputStream open() throws IOException {
        if (member.isEmpty()) {
            InputStream in = new FileInputStream(file);
            return isPacked(file) ? closing(in, () -> unpacked(file, in)) : in;
        }
        ZipFile zip = new ZipFile(file);
        return closing(zip, () -> {
            ZipEntry entry = zip.getEntry(member);
            if (entry == null) {
                throw new IOException("the archive has no member " + member);
            }
            Growth growth = new Growth(entry.getCompressedSize());
            InputStream in = new Unpacked(zip.getInputStream(entry), growth, zip);
            return isPacked(member) ? unpacked(member, in) : in;
        });
    }

    /** The content from a byte of the file on; only for plain content. */
    InputStream openAt(long offset) throws IOException {
        FileChannel channel = FileChannel.open(path(), StandardOpenOption.READ);
        return closing(channel, () -> java.nio.channels.Channels.newInputStream(channel.position(offset)));
    }

    private static InputStream unpacked(String name, InputStream packed) throws IOException {
        CountedInput counted = new CountedInput(packed);
        InputStream in = name.endsWith(".gz")
                ? new GZIPInputStream(new BufferedInputStream(counted, BUFFER), BUFFER)
                : new ZstdInputStream(counted);
        return new Unpacked(in, new Growth(counted::count), packed);
    }

    private interface Opening {
        InputStream open() throws IOException;
    }

    /** What was opened below is closed where opening on top of it fails. */
    private static InputStream closing(AutoCloseable below, Opening opening) throws IOException {
        try {
            return opening.open();
        } catch (IOException | RuntimeException e) {
            try {
                below.close();
            } catch (Exception closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }
}
