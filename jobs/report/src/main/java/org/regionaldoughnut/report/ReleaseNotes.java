package org.regionaldoughnut.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/**
 * What {@code release.json} says about a release. Everything unsaid is empty.
 *
 * @param created instant or date the release was made
 * @param boundarySet the set the rows of the framework read for were held against
 */
record ReleaseNotes(
        String id,
        String office,
        String title,
        String created,
        String state,
        String boundarySet,
        List<Input> inputs,
        List<Waiver> waivers) {

    /** A source of the release; its address is kept where it is one a page may link to. */
    record Input(
            String source,
            String title,
            String publisher,
            String licence,
            String published,
            String url,
            String attribution) {
        Input {
            url = url.startsWith("https://") || url.startsWith("http://") ? url : "";
        }
    }

    /**
     * The decision that a batch goes into the release although it breaks a rule.
     *
     * @param until last day it holds
     */
    record Waiver(String source, String rule, String reason, String by, String until) {}

    /** @param framework id of the one whose rows are shown */
    static ReleaseNotes read(Path release, String framework) {
        Path file = release.resolve("release.json");
        if (!Files.exists(file)) {
            String name = release.toAbsolutePath().normalize().getFileName().toString();
            return new ReleaseNotes(name, "", "", "", "", "", List.of(), List.of());
        }
        try {
            JsonNode root = new ObjectMapper().readTree(file.toFile());
            List<Input> inputs = new ArrayList<>();
            root.path("inputs").forEach(input -> inputs.add(input(input)));
            List<Waiver> waivers = new ArrayList<>();
            root.path("waivers")
                    .forEach(waiver -> waivers.add(new Waiver(
                            text(waiver, "source"),
                            text(waiver, "rule"),
                            text(waiver, "reason"),
                            text(waiver, "by"),
                            text(waiver, "until"))));
            return new ReleaseNotes(
                    text(root, "id"),
                    text(root, "office"),
                    text(root, "title"),
                    text(root, "created"),
                    text(root, "state"),
                    root.path("boundary_sets").path(framework).asText(text(root, "boundary_set")),
                    inputs.stream().distinct().toList(),
                    waivers);
        } catch (IOException e) {
            throw new DoughnutException(
                    ExitCode.DATA_REFUSED,
                    "Cannot read " + file + ": " + e.getMessage() + ". Build the release again with `publish`.",
                    e);
        }
    }

    /** Sources with the dates written out. */
    List<Input> written(Texts texts) {
        return inputs.stream()
                .map(input -> new Input(
                        input.source(),
                        input.title().isEmpty() ? input.source() : input.title(),
                        input.publisher(),
                        input.licence(),
                        texts.date(input.published()),
                        input.url(),
                        input.attribution()))
                .distinct()
                .toList();
    }

    /** Waivers with the titles of their sources and the dates written out. */
    List<Waiver> waived(Texts texts) {
        return waivers.stream()
                .map(waiver -> new Waiver(
                        inputs.stream()
                                .filter(input -> input.source().equals(waiver.source())
                                        && !input.title().isEmpty())
                                .findFirst()
                                .map(Input::title)
                                .orElse(waiver.source()),
                        waiver.rule(),
                        waiver.reason(),
                        waiver.by(),
                        texts.date(waiver.until())))
                .distinct()
                .toList();
    }

    private static Input input(JsonNode node) {
        return new Input(
                text(node, "source"),
                text(node, "title"),
                text(node, "publisher"),
                text(node, "licence"),
                text(node, "published"),
                text(node, "url"),
                text(node, "attribution"));
    }

    private static String text(JsonNode node, String key) {
        return Texts.printable(node.path(key).isNull() ? "" : node.path(key).asText(""));
    }
}
