package org.regionaldoughnut.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.QualityRule;
import org.regionaldoughnut.office.Source;
import org.regionaldoughnut.validate.RuleCheck;

/**
 * How the rows of a source are harmonised, as an identity: its contract and rules, codelists and correspondences by
 * their content, and the programs. Where it changes, the source's history is replayed; it makes no vintage.
 */
final class Methods {
    private final Office office;
    private final Fingerprints fingerprints;
    private final Map<Path, String> contents = new TreeMap<>();

    Methods(Office office, Fingerprints fingerprints) {
        this.office = office;
        this.fingerprints = fingerprints;
    }

    String of(Source source) {
        TreeSet<Path> files = new TreeSet<>();
        source.codes().values().forEach(name -> files.add(office.codelistFile(name)));
        office.correspondences().forEach(name -> files.add(office.correspondenceFile(name)));
        files.add(office.codelistFile("units"));
        files.add(office.codelistFile("variables"));
        List<QualityRule> rules =
                new ArrayList<>(office.contracts().get(source.contract()).rules());
        rules.addAll(source.rules());
        RuleCheck.codelists(rules).stream()
                .map(office::codelistFile)
                .filter(Files::isRegularFile)
                .forEach(files::add);
        List<String> parts = new ArrayList<>(List.of(
                office.contracts().get(source.contract()).hash(),
                source.rules().toString(),
                source.codesHash(),
                office.conversions().toString(),
                fingerprints.of(StepId.VALIDATE),
                fingerprints.of(StepId.HARMONISE)));
        office.correctionsOf(source.id()).forEach(correction -> parts.add(correction.identity()));
        files.forEach(file -> parts.add(contents.computeIfAbsent(file, Methods::content)));
        return Hash.of(parts);
    }

    List<String> ofAll(List<Source> sources) {
        return sources.stream().map(source -> source.id() + " " + of(source)).toList();
    }

    private static String content(Path file) {
        try {
            return Hash.of(List.of(Files.readString(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
