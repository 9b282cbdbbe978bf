package org.regionaldoughnut.report.pdf;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the drawings of the pages fit for paper: colours of the light page inside each drawing, since styles of the page
 * do not reach it there; references as SVG 1.1 writes them; the text alternative where the PDF looks for it.
 */
public final class Drawings {
    private static final Pattern START = Pattern.compile("<svg ([^>]*)>");
    private static final Pattern LABEL = Pattern.compile("aria-label=\"([^\"]*)\"");
    private static final Pattern VIEW = Pattern.compile("viewBox=\"[-0-9.]+ [-0-9.]+ ([0-9.]+) ([0-9.]+)\"");
    private static final Pattern LINK = Pattern.compile("</?a(?: [^>]*)?>");

    private static final String NAMESPACE = "xmlns=\"http://www.w3.org/2000/svg\"";

    private final String style;
    private final String patterns;

    /** @param patterns the {@code <svg>} whose {@code <defs>} hold the patterns of all drawings */
    public Drawings(String patterns) {
        this.style = "<style type=\"text/css\">" + resource("drawing.css") + "</style>";
        this.patterns =
                patterns.substring(patterns.indexOf("<defs>"), patterns.indexOf("</defs>") + "</defs>".length());
    }

    /**
     * @param svg a drawing of the pages, or nothing
     * @param alternative text for those who cannot see it, unescaped; empty to keep the drawing's own label
     * @param width on paper, in millimetres
     */
    public String onPaper(String svg, String alternative, double width) {
        Matcher start = START.matcher(svg);
        if (!start.find()) {
            return "";
        }
        Matcher label = LABEL.matcher(start.group(1));
        String alt = !alternative.isEmpty() ? escaped(alternative) : label.find() ? label.group(1) : "";
        Matcher view = VIEW.matcher(start.group(1));
        double height =
                view.find() ? width * Double.parseDouble(view.group(2)) / Double.parseDouble(view.group(1)) : width;
        String size = String.format(java.util.Locale.ROOT, "width:%.1fmm;height:%.1fmm", width, height);
        String open = "<svg " + NAMESPACE + " xmlns:xlink=\"http://www.w3.org/1999/xlink\" alt=\"" + alt + "\" style=\""
                + size + "\" " + start.group(1).replace(NAMESPACE, "") + ">" + style + patterns;
        String body = LINK.matcher(svg.substring(start.end())).replaceAll("");
        return open + body.replace(" href=\"#", " xlink:href=\"#");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String resource(String name) {
        try (InputStream bytes = Drawings.class.getResourceAsStream(name)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
