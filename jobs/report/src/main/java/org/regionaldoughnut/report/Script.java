package org.regionaldoughnut.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Properties;
import org.regionaldoughnut.model.Hash;

/**
 * A script inside a page. The page's policy names its hash, so no other script can run there. Pages say the same without
 * it.
 *
 * @param text the script, as it stands between its tags; empty for none
 * @param policy what the page's Content-Security-Policy allows
 * @param style style the script's drawings need
 */
record Script(String text, String policy, String style) {
    static final Script NONE = new Script("", "'none'", "");

    /** Search in lists. */
    static Script search() {
        return of(resource("/org/regionaldoughnut/report/search.js"), "");
    }

    /** Charts that answer to the pointer: uPlot, and what ties it to the page. */
    static Script charts() {
        String folder = "/META-INF/resources/webjars/uplot/" + version() + "/dist/";
        String library = resource(folder + "uPlot.iife.min.js");
        return of(
                library + "\n" + resource("/org/regionaldoughnut/report/charts.js"),
                resource(folder + "uPlot.min.css"));
    }

    private static Script of(String source, String style) {
        String safe = source.replace("]]>", "]] >").replace("</script", "<\\/script");
        String text = "//<![CDATA[\n" + safe + "\n//]]>";
        var digest = Hash.sha256();
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        String hash = Base64.getEncoder().encodeToString(digest.digest());
        return new Script(text, "'sha256-" + hash + "'", style);
    }

    private static String version() {
        Properties properties = new Properties();
        String file = "/META-INF/maven/org.webjars.npm/uplot/pom.properties";
        try (InputStream bytes = Script.class.getResourceAsStream(file)) {
            properties.load(bytes);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String path) {
        try (InputStream bytes = Script.class.getResourceAsStream(path)) {
            if (bytes == null) {
                throw new IllegalStateException("not on the class path: " + path);
            }
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
