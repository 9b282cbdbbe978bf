package org.regionaldoughnut.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;

/** A member of an archive whose checksum is compared at its end, which Java's own reader does not do. */
final class VerifiedMember extends CheckedInputStream {
    private final ZipEntry entry;

    VerifiedMember(InputStream in, ZipEntry entry) {
        super(in, new CRC32());
        this.entry = entry;
    }

    @Override
    public int read() throws IOException {
        return verified(super.read());
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        return verified(super.read(into, offset, length));
    }

    private int verified(int read) throws IOException {
        if (read < 0 && entry.getCrc() >= 0 && getChecksum().getValue() != entry.getCrc()) {
            throw new IOException("the checksum of " + entry.getName() + " does not agree");
        }
        return read;
    }
}
