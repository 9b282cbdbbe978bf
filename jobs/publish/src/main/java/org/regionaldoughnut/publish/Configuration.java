package org.regionaldoughnut.publish;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.QualityRule;

/** The configuration a release was made under, copied beside it. */
final class Configuration {
    private Configuration() {}

    /** What is needed to read the office again. Files below the office's home keep their path; an office that lies elsewhere is put below {@code conf/<id>}. */
    static void copy(Office office, Path folder) throws IOException {
        for (Path file : filesOf(office)) {
            Path absolute = file.toAbsolutePath().normalize();
            Path relative = absolute.startsWith(office.home())
                    ? office.home().relativize(absolute)
                    : Path.of("conf").resolve(office.id()).resolve(insideOffice(office, absolute));
            Path copy = folder.resolve(relative.toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * The merged settings, which files alone do not tell: the command line and the environment may have said more.
     * Where things lie and how the program runs is nobody's business.
     */
    static ObjectNode settings(Office office) {
        ObjectNode settings = office.settings().deepCopy();
        settings.remove(List.of("storage", "spark", "database", "data", "variables", "id"));
        return settings;
    }

    private static Path insideOffice(Office office, Path file) {
        Path folder = office.folder().toAbsolutePath().normalize();
        return file.startsWith(folder) ? folder.relativize(file) : file.getFileName();
    }

    private static Set<Path> filesOf(Office office) throws IOException {
        Set<Path> files = new TreeSet<>(office.files());
        // rules, terms and columns name codelists in many places: those here are small, and none may be missing
        for (String folder : List.of("schemas/codelists", "schemas/correspondences")) {
            try (Stream<Path> tables = Files.list(office.home().resolve(folder))) {
                tables.filter(file -> file.toString().endsWith(".csv")).forEach(files::add);
            }
        }
        office.correspondences().forEach(name -> files.add(office.correspondenceFile(name)));
        office.sources()
                .values()
                .forEach(source -> source.codes().values().forEach(name -> files.add(office.codelistFile(name))));
        large(office).forEach(files::add);
        try (Stream<Path> schemas = Files.list(office.home().resolve("schemas/conf"))) {
            schemas.forEach(files::add);
        }
        files.removeIf(file -> !Files.isRegularFile(file));
        return files;
    }

    /** Large codelists lie in folders of their own; only those are kept that a rule names. */
    private static List<Path> large(Office office) throws IOException {
        Path codelists = office.home().resolve("schemas/codelists");
        List<String> rules = Stream.concat(
                        office.contracts().values().stream().flatMap(contract -> contract.rules().stream()),
                        office.sources().values().stream().flatMap(source -> source.rules().stream()))
                .map(QualityRule::rule)
                .toList();
        try (Stream<Path> tables = Files.walk(codelists, 2)) {
            return tables.filter(file -> file.toString().endsWith(".csv"))
                    .filter(file -> !file.getParent().equals(codelists))
                    .filter(file -> {
                        String name = codelists.relativize(file).toString().replace(".csv", "");
                        return rules.stream().anyMatch(rule -> rule.contains('"' + name));
                    })
                    .toList();
        }
    }
}
