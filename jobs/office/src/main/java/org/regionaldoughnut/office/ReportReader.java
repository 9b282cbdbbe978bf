package org.regionaldoughnut.office;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the files of {@code reports/}. */
final class ReportReader {
    private final SchemaCheck schemas;
    private final List<Problem> problems;

    ReportReader(SchemaCheck schemas, List<Problem> problems) {
        this.schemas = schemas;
        this.problems = problems;
    }

    Optional<Report> read(YamlFile file) {
        int before = problems.size();
        JsonNode root = file.root();
        schemas.check("report", root, file, problems);
        String name = file.path().getFileName().toString().replace(".yaml", "");
        String id = root.path("id").asText();
        if (!id.equals(name)) {
            problems.add(new Problem(
                    file.path(), file.line("/id"), "the id '" + id + "' differs from the file's name " + name));
        }
        if (problems.size() > before) {
            return Optional.empty();
        }
        Path home = file.path().toAbsolutePath().getParent();
        JsonNode feed = root.path("feed");
        JsonNode mail = root.path("mail");
        return Optional.of(new Report(
                id,
                root.path("title").asText(),
                texts(root.path("regions")),
                path(home, root.path("folder")),
                path(home, root.path("zip")),
                path(home, feed.path("file")).map(to -> new Report.Feed(to, text(feed.path("url")))),
                mail.isObject() ? Optional.of(mail(mail)) : Optional.empty(),
                root.path("deliver").asText().equals("on-release")));
    }

    private static Report.Mail mail(JsonNode mail) {
        Map<String, List<String>> byRegion = new LinkedHashMap<>();
        mail.path("regions").fields().forEachRemaining(e -> byRegion.put(e.getKey(), texts(e.getValue())));
        return new Report.Mail(texts(mail.path("to")), byRegion);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }

    private static Optional<Path> path(Path home, JsonNode node) {
        return text(node).map(path -> home.resolve(path).normalize());
    }
}
