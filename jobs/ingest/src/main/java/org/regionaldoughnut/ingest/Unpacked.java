package org.regionaldoughnut.ingest;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Unpacked bytes, counted against what they may grow to; closing it closes what lies below as well. */
final class Unpacked extends FilterInputStream {
    private final Growth growth;
    private final Closeable below;

    Unpacked(InputStream in, Growth growth, Closeable below) {
        super(in);
        this.growth = growth;
        this.below = below;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        growth.add(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        growth.add(Math.max(0, read));
        return read;
    }

    @Override
    public void close() throws IOException {
        try (below) {
            super.close();
        }
    }
}
