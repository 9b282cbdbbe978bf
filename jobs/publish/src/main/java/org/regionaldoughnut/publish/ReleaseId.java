package org.regionaldoughnut.publish;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a release, {@code <office>-<date>-<n>[-v<k>]}.
 *
 * @param date day of the release in the office's time zone
 * @param number counts the releases of that day from 1
 * @param version counts the corrections of one release; 1 is not written
 */
public record ReleaseId(String office, LocalDate date, int number, int version) {
    private static final Pattern FORM = Pattern.compile("(.+)-(\\d{4}-\\d{2}-\\d{2})-(\\d{1,6})(?:-v(\\d{1,6}))?");

    public ReleaseId {
        Objects.requireNonNull(date);
        if (!office.matches("[A-Za-z0-9_][A-Za-z0-9_-]*") || number < 1 || version < 1) {
            throw new IllegalArgumentException(
                    "not a release: office '" + office + "', number " + number + ", version " + version);
        }
    }

    /** The release the text names; none where it is no name of a release. */
    public static Optional<ReleaseId> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ReleaseId(
                    matcher.group(1),
                    LocalDate.parse(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)),
                    matcher.group(4) == null ? 1 : Integer.parseInt(matcher.group(4))));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return office + "-" + date + "-" + number + (version > 1 ? "-v" + version : "");
    }
}
