package org.regionaldoughnut.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFs;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsConstants;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.mapred.JobConf;

/**
 * Hadoop's local file system, which does in Java what Hadoop starts a process for, {@code chmod} for each file made and
 * {@code readlink} for each file looked at by way of a file context: some thirty processes a commit.
 */
public final class LocalFiles extends LocalFileSystem {

    /** Made by Hadoop, by the name of the class. */
    public LocalFiles() {
        super(new Raw());
    }

    /**
     * Takes out what Hadoop's own files say of other file systems and of its services. Each query and each written file
     * sends all settings along, a thousand of them compressed one by one, and local files ask for none of these.
     */
    static void settings(Configuration settings) {
        try {
            // what these bring would put all settings back, so it comes first
            new JobConf();
            FileSystem.getFileSystemClass(FsConstants.LOCAL_FS_URI.getScheme(), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> names = new ArrayList<>();
        settings.forEach(entry -> names.add(entry.getKey()));
        for (String name : names) {
            String[] origins = settings.getPropertySources(name);
            if (origins != null && Arrays.stream(origins).allMatch(origin -> origin.endsWith("-default.xml"))) {
                settings.unset(name);
            }
        }
    }

    private static final class Raw extends RawLocalFileSystem {
        @Override
        public void setPermission(Path path, FsPermission permission) throws IOException {
            PosixFileAttributeView view =
                    Files.getFileAttributeView(pathToFile(path).toPath(), PosixFileAttributeView.class);
            if (view == null || permission.getStickyBit()) {
                super.setPermission(path, permission);
                return;
            }
            view.setPermissions(PosixFilePermissions.fromString(permission.getUserAction().SYMBOL
                    + permission.getGroupAction().SYMBOL
                    + permission.getOtherAction().SYMBOL));
        }

        /** Of what a link points to, as links are followed everywhere in a lake. */
        @Override
        public FileStatus getFileLinkStatus(Path path) throws IOException {
            return getFileStatus(path);
        }
    }

    /** The same for file contexts, which Delta writes its log by. */
    public static final class Context extends ChecksumFs {

        /** Made by Hadoop, by the name of the class. */
        public Context(URI uri, Configuration settings) throws IOException, URISyntaxException {
            super(new RawContext(settings));
        }
    }

    private static final class RawContext extends DelegateToFileSystem {
        RawContext(Configuration settings) throws IOException, URISyntaxException {
            super(FsConstants.LOCAL_FS_URI, new Raw(), settings, FsConstants.LOCAL_FS_URI.getScheme(), false);
        }

        @Override
        public int getUriDefaultPort() {
            return -1;
        }

        @Override
        public boolean isValidName(String name) {
            return true;
        }
    }
}
