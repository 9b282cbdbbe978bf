package org.regionaldoughnut.report;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.extension.AbstractExtension;
import io.pebbletemplates.pebble.extension.Function;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import io.pebbletemplates.pebble.template.EvaluationContext;
import io.pebbletemplates.pebble.template.PebbleTemplate;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.report.drawing.DoughnutDrawing;
import org.regionaldoughnut.report.pdf.Drawings;

/**
 * The page templates: escape everything they are given, know {@code text("key", arguments...)} for messages and
 * {@code paper(drawing, alternative, width)} for drawings in a PDF, and write a page all at once or not at all.
 */
final class Templates {
    private final PebbleEngine engine;

    Templates(Texts texts) {
        ClasspathLoader loader = new ClasspathLoader(Templates.class.getClassLoader());
        loader.setPrefix("org/regionaldoughnut/report/");
        engine = new PebbleEngine.Builder()
                .loader(loader)
                .autoEscaping(true)
                .strictVariables(true)
                .extension(new Messages(texts))
                .build();
    }

    /** Reads a template and those it is made of, so that they are there when it is written. */
    void load(String template) {
        engine.getTemplate(template);
    }

    /** Writes the page; a page that was there is replaced in one step. */
    void write(String template, Map<String, Object> model, Path page) {
        PebbleTemplate compiled = engine.getTemplate(template);
        whole(page, part -> {
            try (Writer writer = Files.newBufferedWriter(part)) {
                compiled.evaluate(writer, new HashMap<>(model));
            }
        });
    }

    /** The page as text, for those who do not write it to a file of its own. */
    String text(String template, Map<String, Object> model) {
        StringWriter writer = new StringWriter();
        try {
            engine.getTemplate(template).evaluate(writer, new HashMap<>(model));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.toString();
    }

    /** Writes a part of a file. */
    interface PartWriter {
        void write(Path part) throws IOException;
    }

    /** Writes a file all at once or not at all: to a part beside it, which then takes its place. */
    static void whole(Path file, PartWriter writer) {
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.createDirectories(file.getParent());
            writer.write(part);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | UncheckedIOException e) {
            throw refused(file, part, e);
        }
    }

    private static DoughnutException refused(Path page, Path part, Exception e) {
        DoughnutException failure = new DoughnutException(
                ExitCode.CONFIGURATION,
                "Cannot write " + page + ": "
                        + (e instanceof AccessDeniedException ? "access denied" : String.valueOf(e.getMessage()))
                        + ". Make the folder writable, or free space on its disk, and run `report` again.",
                e);
        try {
            Files.deleteIfExists(part);
        } catch (IOException left) {
            failure.addSuppressed(left);
        }
        return failure;
    }

    private static final class Messages extends AbstractExtension {
        private final Texts texts;
        private final Drawings drawings = new Drawings(DoughnutDrawing.patterns());

        Messages(Texts texts) {
            this.texts = texts;
        }

        @Override
        public Map<String, Function> getFunctions() {
            return Map.of("text", new MessageFunction(texts), "paper", new PaperFunction(drawings));
        }
    }

    private record MessageFunction(Texts texts) implements Function {
        @Override
        public List<String> getArgumentNames() {
            return null;
        }

        @Override
        public Object execute(
                Map<String, Object> arguments, PebbleTemplate self, EvaluationContext context, int lineNumber) {
            Map<Integer, Object> inOrder = new TreeMap<>();
            arguments.forEach((position, argument) -> inOrder.put(Integer.valueOf(position), argument));
            List<Object> values = List.copyOf(inOrder.values());
            return texts.get(
                    values.get(0).toString(), values.subList(1, values.size()).toArray());
        }
    }

    /** A drawing as a PDF takes it. */
    private record PaperFunction(Drawings drawings) implements Function {
        @Override
        public List<String> getArgumentNames() {
            return List.of("drawing", "alternative", "width");
        }

        @Override
        public Object execute(
                Map<String, Object> arguments, PebbleTemplate self, EvaluationContext context, int lineNumber) {
            return drawings.onPaper(
                    arguments.get("drawing").toString(),
                    arguments.get("alternative").toString(),
                    ((Number) arguments.get("width")).doubleValue());
        }
    }
}
