package org.regionaldoughnut.report.pdf;

import com.openhtmltopdf.bidi.support.ICUBidiReorderer;
import com.openhtmltopdf.bidi.support.ICUBidiSplitter;
import com.openhtmltopdf.extend.FSSupplier;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FSFontUseCase;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.svgsupport.BatikSVGDrawer;
import com.openhtmltopdf.util.XRLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.text.Bidi;
import java.util.EnumSet;
import java.util.Set;

/**
 * Renders XHTML as PDF/UA-1. The page needs {@code lang} on its root, a {@code title}, {@code bookmarks} in its head and
 * {@code alt} on each drawing. It may use no flex, grid or CSS variables. Fonts: {@code Doughnut Sans};
 * what it lacks comes from a fallback for other scripts.
 */
public final class PdfDocument {
    private static final String FACE = "Doughnut Sans";
    private static final Set<FSFontUseCase> TEXT = EnumSet.of(FSFontUseCase.DOCUMENT, FSFontUseCase.SVG);

    static {
        XRLog.listRegisteredLoggers().forEach(logger -> XRLog.setLevel(logger, java.util.logging.Level.SEVERE));
    }

    private PdfDocument() {}

    /** Loads the fonts and all that a document with a table and a drawing needs. */
    public static void load() {
        String page = "<html lang=\"en\"><head><title>-</title><style>body{font-family:'" + FACE + "'}</style>"
                + "<bookmarks><bookmark name=\"-\" href=\"#a\"/></bookmarks></head><body><h1 id=\"a\">-</h1>"
                + "<table><thead><tr><th>-</th></tr></thead><tbody><tr><td><b>-</b></td></tr></tbody></table>"
                + "<svg xmlns=\"http://www.w3.org/2000/svg\" alt=\"-\" viewBox=\"0 0 9 9\" style=\"width:9mm;height:9mm\">"
                + "<defs><pattern id=\"p\" width=\"2\" height=\"2\" patternUnits=\"userSpaceOnUse\"><path d=\"M0 0h1\"/></pattern>"
                + "</defs><path d=\"M0 0L9 9A4 4 0 0 1 0 0Z\" style=\"fill:url(#p)\"/><text x=\"1\" y=\"8\">-</text></svg>"
                + "</body></html>";
        try {
            write(page, OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IOException where the page cannot be rendered or the stream not written */
    public static void write(String xhtml, OutputStream out) throws IOException {
        PdfRendererBuilder builder = new PdfRendererBuilder();
        builder.useFastMode();
        builder.usePdfUaAccessibility(true);
        builder.useSVGDrawer(new BatikSVGDrawer());
        if (Bidi.requiresBidi(xhtml.toCharArray(), 0, xhtml.length())) { // an eighth of the time, which most pages save
            builder.useUnicodeBidiSplitter(new ICUBidiSplitter.ICUBidiSplitterFactory());
            builder.useUnicodeBidiReorderer(new ICUBidiReorderer());
        }
        builder.useFont(font("DoughnutSans-Regular"), FACE, 400, FontStyle.NORMAL, true, TEXT);
        builder.useFont(font("DoughnutSans-Bold"), FACE, 700, FontStyle.NORMAL, true, TEXT);
        builder.useFont(
                font("DoughnutFallback"),
                "Doughnut Fallback",
                400,
                FontStyle.NORMAL,
                true,
                EnumSet.of(FSFontUseCase.FALLBACK_FINAL));
        builder.useUriResolver((base, uri) -> null);
        builder.withProducer("Regional Doughnut");
        builder.withHtmlContent(xhtml, null);
        builder.toStream(out);
        try {
            builder.run();
        } catch (RuntimeException e) {
            throw new IOException("the page cannot be rendered as PDF: " + e.getMessage(), e);
        }
    }

    private static FSSupplier<InputStream> font(String name) {
        return () -> PdfDocument.class.getResourceAsStream("fonts/" + name + ".ttf");
    }
}
