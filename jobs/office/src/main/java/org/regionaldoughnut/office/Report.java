package org.regionaldoughnut.office;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who receives the pages of a release, and how: {@code reports/<id>.yaml}.
 *
 * @param regions codes of the regions it is about; empty for all
 * @param folder where pages and PDFs are copied to, one folder a release
 * @param zip folder that receives one archive a release
 * @param feed Atom feed that lists the releases
 * @param mail who receives the PDFs by e-mail
 * @param onRelease whether a run that publishes delivers by itself; else only who asks for it delivers
 */
public record Report(
        String id,
        String title,
        List<String> regions,
        Optional<Path> folder,
        Optional<Path> zip,
        Optional<Feed> feed,
        Optional<Mail> mail,
        boolean onRelease) {
    public Report {
        regions = List.copyOf(regions);
    }

    /**
     * @param file the feed
     * @param url where the folder of the releases is found on the web, without it the entries name files
     */
    public record Feed(Path file, Optional<String> url) {}

    /**
     * @param everyone recipients of the report on the whole office
     * @param byRegion recipients of a region's report, by its code
     */
    public record Mail(List<String> everyone, Map<String, List<String>> byRegion) {
        public Mail {
            everyone = List.copyOf(everyone);
            byRegion = Collections.unmodifiableMap(new LinkedHashMap<>(byRegion));
        }
    }
}
