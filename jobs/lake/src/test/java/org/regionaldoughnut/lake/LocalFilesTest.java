package org.regionaldoughnut.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SparkTest.class)
class LocalFilesTest {
    private static final URI ROOT = URI.create("file:///");

    @TempDir
    Path folder;

    @Test
    void filesAndFoldersHaveThePermissionsThatHadoopGivesThem() throws Exception {
        for (String umask : new String[] {"022", "077", "002"}) {
            Configuration settings = new Configuration();
            settings.set("fs.permissions.umask-mode", umask);
            String ours = made(started(new LocalFiles(), settings), folder.resolve("ours" + umask));
            String hadoops = made(started(new LocalFileSystem(), settings), folder.resolve("hadoops" + umask));
            assertThat(ours).as(umask).isEqualTo(hadoops);
        }
    }

    @Test
    void aFileThatIsNotThereIsSaidToBeMissingByAFileContextToo(SparkSession spark) throws Exception {
        FileContext context =
                FileContext.getFileContext(ROOT, spark.sparkContext().hadoopConfiguration());
        org.apache.hadoop.fs.Path missing =
                new org.apache.hadoop.fs.Path(folder.resolve("none").toUri());
        assertThatThrownBy(() -> context.getFileLinkStatus(missing)).isInstanceOf(FileNotFoundException.class);
        Files.createSymbolicLink(folder.resolve("link"), Files.writeString(folder.resolve("file"), "text"));
        org.apache.hadoop.fs.Path link =
                new org.apache.hadoop.fs.Path(folder.resolve("link").toUri());
        assertThat(context.getFileStatus(link).getLen()).isEqualTo(4);
    }

    @Test
    void theSessionOfALocalMasterUsesThemAndSendsFewSettingsAlong(SparkSession spark) throws Exception {
        Configuration settings = spark.sessionState().newHadoopConf();
        assertThat(FileSystem.newInstance(ROOT, settings)).isInstanceOf(LocalFiles.class);
        assertThat(settings.size()).isLessThan(150);
    }

    private static FileSystem started(FileSystem files, Configuration settings) throws Exception {
        files.initialize(ROOT, settings);
        return files;
    }

    private static String made(FileSystem files, Path at) throws Exception {
        org.apache.hadoop.fs.Path root = new org.apache.hadoop.fs.Path(at.toUri());
        files.mkdirs(new org.apache.hadoop.fs.Path(root, "a/b"));
        files.create(new org.apache.hadoop.fs.Path(root, "a/file")).close();
        org.apache.hadoop.fs.Path set = new org.apache.hadoop.fs.Path(root, "a/set");
        files.create(set).close();
        files.setPermission(set, new FsPermission("640"));
        return String.join(" ", permissions(at), permissions(at.resolve("a/b")), permissions(at.resolve("a/file")))
                + " "
                + permissions(at.resolve("a/set"));
    }

    private static String permissions(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
