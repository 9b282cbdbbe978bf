package org.regionaldoughnut.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The built launcher, and Java processes started as it starts its own for small work: flags, class path, archive. */
final class Launched {
    private static final String DISTRIBUTION = "jobs/app/target/dist/regional-doughnut";

    private final Path home;
    private final Path distribution;
    private final Path log;
    private final String flags;

    /**
     * @param home the checkout
     * @param log where the output of the processes goes
     * @param flags {@code DOUGHNUT_JVM} of the launcher
     */
    Launched(Path home, Path log, String flags) {
        this.flags = flags;
        this.home = home;
        this.distribution = home.resolve(DISTRIBUTION);
        this.log = log;
        if (!Files.isRegularFile(distribution.resolve("lib/class.path"))) {
            throw new IllegalStateException("Cannot run the benchmark 'startup': there is no build in " + distribution
                    + ". Start ./doughnut run once, which builds it.");
        }
    }

    boolean hasArchive() {
        return Files.isRegularFile(distribution.resolve("lib/app.jsa"));
    }

    /** {@code ./doughnut} with the arguments. */
    int doughnut(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(home.resolve("doughnut").toString()));
        command.addAll(Arrays.asList(arguments));
        return run(command);
    }

    /** A class of this module. */
    int java(Class<?> main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:ReservedCodeCacheSize=240m",
                "-XX:NewRatio=1",
                "-XX:InitialRAMPercentage=8",
                "-XX:MetaspaceSize=256m"));
        if (hasArchive()) {
            command.add("-XX:SharedArchiveFile=" + distribution.resolve("lib/app.jsa"));
        }
        command.addAll(List.of(Files.readString(distribution.resolve("lib/jvm.options"))
                .strip()
                .split("\\s+")));
        command.addAll(List.of(
                "-Dfile.encoding=UTF-8",
                "-Duser.timezone=UTC",
                "-Duser.language=en",
                "-Djava.awt.headless=true",
                "-Djava.net.preferIPv4Stack=true",
                "-cp",
                classPath(),
                main.getName()));
        command.addAll(Arrays.asList(arguments));
        return run(command);
    }

    /** As the launcher writes it, which the archive wants, and then this module's classes. */
    private String classPath() throws IOException {
        String jars = Arrays.stream(Files.readString(distribution.resolve("lib/class.path"))
                        .strip()
                        .split(":"))
                .map(jar -> distribution + "/" + jar)
                .collect(Collectors.joining(":"));
        return jars
                + File.pathSeparator
                + Path.of(Launched.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath())
                        .toAbsolutePath();
    }

    private int run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("DOUGHNUT_JVM", flags);
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new IllegalStateException(
                    "'" + command.get(command.size() - 1) + "' ended with " + code + ", see " + log);
        }
        return code;
    }
}
