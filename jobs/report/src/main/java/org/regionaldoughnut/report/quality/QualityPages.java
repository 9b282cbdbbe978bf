package org.regionaldoughnut.report.quality;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes the quality pages of an office: index.html, source-*.html and run-*.html. */
public final class QualityPages {
    private final PebbleEngine engine;

    public QualityPages() {
        ClasspathLoader loader = new ClasspathLoader(QualityPages.class.getClassLoader());
        loader.setPrefix("org/regionaldoughnut/report/quality/");
        engine = new PebbleEngine.Builder()
                .loader(loader)
                .autoEscaping(true)
                .strictVariables(true)
                .build();
    }

    /** A run's page and the link to it. */
    public record Run(String id, String page) {}

    /**
     * Writes the pages; pages of earlier runs stay and are listed.
     *
     * @param office its title
     * @param sources every source of the office and what is published, with the newest judgement of each
     * @param run the run that has just judged, with its findings by source; empty to leave the pages of runs alone
     * @return how many pages were written
     */
    public int write(
            Path folder,
            String office,
            List<SourceQuality> sources,
            Optional<Map.Entry<String, List<SourceQuality>>> run) {
        try {
            Files.createDirectories(folder);
            int pages = 0;
            if (run.isPresent()) {
                Map<String, Object> model = new HashMap<>();
                model.put("office", office);
                model.put("run", run.get().getKey());
                model.put("sources", run.get().getValue());
                page(folder.resolve(PageNames.run(run.get().getKey())), "run.peb", model);
                pages++;
            }
            for (SourceQuality source : sources) {
                page(folder.resolve(source.page()), "source.peb", Map.of("office", office, "source", source));
                pages++;
            }
            page(
                    folder.resolve("index.html"),
                    "index.peb",
                    Map.of("office", office, "sources", sources, "runs", runs(folder)));
            return pages + 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Run> runs(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Map<String, Run> runs = new TreeMap<>(java.util.Comparator.reverseOrder());
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("run-") && name.endsWith(".html"))
                    .forEach(name -> runs.put(name, new Run(name.substring(4, name.length() - 5), name)));
            return List.copyOf(runs.values());
        }
    }

    private void page(Path file, String template, Map<String, Object> model) throws IOException {
        StringWriter text = new StringWriter();
        engine.getTemplate(template).evaluate(text, new HashMap<>(model));
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        Files.writeString(part, text.toString());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
