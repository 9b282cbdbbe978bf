package org.regionaldoughnut.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.regionaldoughnut.harmonise.Regions;
import org.regionaldoughnut.indicators.Indicators;
import org.regionaldoughnut.ingest.Ingest;
import org.regionaldoughnut.lake.Lake;
import org.regionaldoughnut.ledger.Ledger;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.publish.Drafts;
import org.regionaldoughnut.report.Pages;
import org.regionaldoughnut.validate.Gate;

/** Identity of the program of each room: its jar and those of the foundations. Builds are reproducible. */
final class Fingerprints {
    private static final List<Class<?>> FOUNDATIONS = List.of(Hash.class, Office.class, Ledger.class, Lake.class);
    private static final Map<String, Class<?>> ROOMS = Map.of(
            StepId.INGEST, Ingest.class,
            StepId.VALIDATE, Gate.class,
            StepId.HARMONISE, Regions.class,
            StepId.INDICATORS, Indicators.class,
            StepId.PUBLISH, Drafts.class,
            StepId.REPORT, Pages.class);

    private final Map<Class<?>, String> hashes = new ConcurrentHashMap<>();

    String of(String step) {
        List<Class<?>> classes =
                Stream.concat(FOUNDATIONS.stream(), Stream.of(ROOMS.get(step))).toList();
        return Hash.of(classes.stream()
                .map(type -> hashes.computeIfAbsent(type, Fingerprints::hash))
                .toList());
    }

    private static String hash(Class<?> type) {
        try {
            Path place = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            MessageDigest digest = Hash.sha256();
            if (Files.isRegularFile(place)) {
                return jar(place);
            }
            try (Stream<Path> files = Files.walk(place)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    digest.update(place.relativize(file).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    digest.update(Files.readAllBytes(file));
                }
            }
            return Hash.hex(digest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program's own place is no path", e);
        }
    }

    /**
     * By the checksums that a jar lists of its members: hashing its bytes would be a sixth of the time of a run with
     * nothing to do.
     */
    private static String jar(Path file) throws IOException {
        List<String> members = new ArrayList<>();
        try (ZipFile jar = new ZipFile(file.toFile())) {
            jar.stream()
                    .sorted(Comparator.comparing(ZipEntry::getName))
                    .forEach(member -> members.addAll(List.of(
                            member.getName(), Long.toString(member.getSize()), Long.toHexString(member.getCrc()))));
        }
        return Hash.of(members);
    }
}
