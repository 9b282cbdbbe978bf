package org.regionaldoughnut.report.delivery;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What a recipient gets.
 *
 * @param release id of the release
 * @param region code of the region, empty for the report on the whole office
 * @param subject one line
 * @param summary the body of the e-mail, plain text
 * @param pdf the report
 */
public record Parcel(String release, String region, String subject, String summary, Path pdf) {
    public Parcel {
        Objects.requireNonNull(release);
        Objects.requireNonNull(region);
        Objects.requireNonNull(subject);
        Objects.requireNonNull(summary);
        Objects.requireNonNull(pdf);
    }
}
