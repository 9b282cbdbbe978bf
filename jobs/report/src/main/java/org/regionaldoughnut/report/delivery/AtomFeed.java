package org.regionaldoughnut.report.delivery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** An Atom feed (RFC 4287) with an entry for each release, newest first. */
final class AtomFeed {
    private static final String ATOM = "http://www.w3.org/2005/Atom";
    private static final int KEPT = 50;

    private AtomFeed() {}

    private record Entry(String id, String title, String updated, String link, String summary) {}

    /** Adds the release; one that is listed keeps its entry. */
    static void add(Path file, Optional<String> url, String title, String release, String summary, Instant at)
            throws IOException {
        List<Entry> entries = new ArrayList<>(Files.exists(file) ? read(file) : List.of());
        String id = uuid(title + "/" + release);
        if (entries.stream().noneMatch(entry -> entry.id().equals(id))) {
            String link = url.map(start -> start.endsWith("/") ? start : start + "/")
                            .orElse("") + release + "/html/index.html";
            entries.add(0, new Entry(id, release, at.toString(), link, summary));
        }
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(part, written(title, at, entries.subList(0, Math.min(KEPT, entries.size()))));
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String uuid(String name) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Entry> read(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder().parse(file.toFile());
            NodeList nodes = document.getElementsByTagNameNS(ATOM, "entry");
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < nodes.getLength(); i++) {
                Element entry = (Element) nodes.item(i);
                Element link =
                        (Element) entry.getElementsByTagNameNS(ATOM, "link").item(0);
                entries.add(new Entry(
                        text(entry, "id"),
                        text(entry, "title"),
                        text(entry, "updated"),
                        link == null ? "" : link.getAttribute("href"),
                        text(entry, "summary")));
            }
            return entries;
        } catch (SAXException | ParserConfigurationException e) {
            throw new IOException("it is there and is no Atom feed: " + e.getMessage(), e);
        }
    }

    private static String text(Element entry, String name) {
        NodeList found = entry.getElementsByTagNameNS(ATOM, name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    private static String written(String title, Instant at, List<Entry> entries) {
        StringBuilder feed =
                new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"" + ATOM + "\">\n");
        feed.append("<id>")
                .append(uuid(title))
                .append("</id>\n<title>")
                .append(escaped(title))
                .append("</title>\n");
        feed.append("<updated>").append(at).append("</updated>\n<author><name>").append(escaped(title));
        feed.append("</name></author>\n");
        for (Entry entry : entries) {
            feed.append("<entry><id>")
                    .append(escaped(entry.id()))
                    .append("</id><title>")
                    .append(escaped(entry.title()));
            feed.append("</title><updated>").append(escaped(entry.updated())).append("</updated><link href=\"");
            feed.append(escaped(entry.link())).append("\"/><summary>").append(escaped(entry.summary()));
            feed.append("</summary></entry>\n");
        }
        return feed.append("</feed>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
