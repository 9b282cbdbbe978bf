package org.regionaldoughnut.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.regionaldoughnut.ingest.Receipt;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Source;

/**
 * What the last complete run had seen, in one small file of the storage: while the configuration, the program and the
 * bytes of the received files are the same, there is nothing to do, and neither the configuration nor the ledger needs
 * to be read to say so. Any run that does something removes the file before it begins.
 */
public final class UpToDate {
    private static final String FILE = ".up-to-date";
    private static final String SEPARATOR = "\t";
    private static final long BLOCK = 64 << 20;

    private UpToDate() {}

    /**
     * Identity of what decides a run apart from the received files.
     *
     * @param folders every configuration file below them counts
     * @param schemas lists and contracts, which nobody sends
     * @param words the arguments and settings of the command line
     */
    public static String key(
            List<Path> folders,
            Path schemas,
            List<String> words,
            Map<String, String> environment,
            ContentHashes hashes) {
        List<String> parts = new ArrayList<>(words);
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith("DOUGHNUT_CONF_")) {
                parts.add(name + "=" + value);
            }
        });
        Fingerprints program = new Fingerprints();
        for (String step : List.of(
                StepId.INGEST, StepId.VALIDATE, StepId.HARMONISE, StepId.INDICATORS, StepId.PUBLISH, StepId.REPORT)) {
            parts.add(program.of(step));
        }
        try {
            for (Path folder : folders) {
                for (Path file : filesBelow(folder)) {
                    parts.add(folder.relativize(file).toString());
                    parts.add(hashes.of(file)); // received files may lie here too, of any size
                }
            }
            for (Path file : filesBelow(schemas)) {
                parts.add(schemas.relativize(file).toString());
                parts.add(hashes.checksum(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Hash.of(parts);
    }

    private static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.walk(folder) : Stream.empty()) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** The result of a run that has nothing to do; none where something may have changed. */
    public static Optional<RunResult> result(Path storage, String key, ContentHashes hashes) {
        Path file = storage.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            String office = "";
            Path release = null;
            List<StepOutcome> steps = new ArrayList<>();
            Map<String, Map<String, String>> received = new LinkedHashMap<>();
            boolean same = false;
            for (String line : lines) {
                String[] words = line.split(SEPARATOR, -1);
                switch (words[0]) {
                    case "key" -> same = words[1].equals(key);
                    case "office" -> office = words[1];
                    case "release" -> release = Path.of(words[1]);
                    case "step" ->
                        steps.add(new StepOutcome(
                                words[1], StepOutcome.UP_TO_DATE, 0, 0, 0, 0, PlannedStep.Cause.NONE.words()));
                    case "source" -> received.put(words[1], new TreeMap<>());
                    case "file" -> received.get(words[1]).put(words[2], words[3]);
                    default -> {
                        return Optional.empty();
                    }
                }
            }
            if (!same || release == null || !Files.isDirectory(release) || !asReceived(received, hashes)) {
                return Optional.empty();
            }
            return Optional.of(new RunResult(
                    office,
                    Optional.empty(),
                    StepOutcome.UP_TO_DATE,
                    Optional.of(release),
                    steps,
                    List.of(),
                    ExitCode.DONE,
                    Optional.empty()));
        } catch (IOException | UncheckedIOException | DoughnutException e) {
            // whatever it is, the run itself will meet it and say so
            return Optional.empty();
        }
    }

    private static boolean asReceived(Map<String, Map<String, String>> received, ContentHashes hashes) {
        for (Map.Entry<String, Map<String, String>> source : received.entrySet()) {
            Map<String, String> now = new TreeMap<>();
            for (Path file : Receipt.filesOf(source.getKey(), source.getKey())) {
                now.put(file.toString(), hashes.of(file));
            }
            if (!now.equals(source.getValue())) {
                return false;
            }
        }
        return true;
    }

    /** Remembers a complete run that left nothing to do. */
    static void remember(Path storage, String key, Office office, Arrivals arrivals, RunResult result) {
        // what lies elsewhere has to be asked for
        boolean local = office.sources().values().stream()
                .allMatch(source -> source.place().isEmpty());
        if (result.release().isEmpty() || !arrivals.failures().isEmpty() || !local) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add("key" + SEPARATOR + key);
        lines.add("office" + SEPARATOR + office.id());
        lines.add("release" + SEPARATOR + result.release().get());
        result.steps().forEach(step -> lines.add("step" + SEPARATOR + step.name()));
        for (Source source : office.sources().values()) {
            lines.add("source" + SEPARATOR + source.path());
            for (Receipt receipt : arrivals.receipts(source.id())) {
                String content = receipt.member().isEmpty()
                        ? receipt.batch()
                        : Receipt.of(receipt.file(), BLOCK).batch();
                lines.add("file" + SEPARATOR + source.path() + SEPARATOR + receipt.file() + SEPARATOR + content);
            }
        }
        try {
            Path fresh = storage.resolve(FILE + ".new");
            Files.write(fresh, lines);
            Files.move(
                    fresh, storage.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something is about to change. */
    public static void forget(Path storage) {
        try {
            Files.deleteIfExists(storage.resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
