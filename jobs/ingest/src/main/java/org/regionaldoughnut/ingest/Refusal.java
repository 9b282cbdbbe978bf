package org.regionaldoughnut.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.stream.Collectors;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;
import org.regionaldoughnut.model.NearMiss;

/** Why a file as a whole is not taken: every message of this room that is about a file stands here. */
final class Refusal {
    private static final int SHOWN_NAMES = 20;
    private static final int DEEPEST = 20;

    private Refusal() {}

    static DoughnutException absent(String source, String path) {
        return new DoughnutException(
                ExitCode.SOURCE_UNAVAILABLE,
                "Cannot read the source '" + source + "': there is no file at " + path
                        + ". Put the file there, or correct location.path of the source or --set data=...");
    }

    static DoughnutException unreadable(Path file, String why) {
        return new DoughnutException(
                ExitCode.SOURCE_UNAVAILABLE, "Cannot read " + file + ": " + why + ". Try again when it is readable.");
    }

    static DoughnutException empty(Path file) {
        return refused(file, "it is empty", "Ask the publisher for the complete file");
    }

    static DoughnutException binary(Path file, long offset) {
        return refused(
                file,
                "byte " + offset + " is 0, so it is no text in an encoding that is read here",
                "Is it a spreadsheet or an archive under another name? Set format.kind of the source");
    }

    /** Reading broke off: the content is at fault where it is packed, else the disk. */
    static DoughnutException damaged(Content content, IOException e) {
        return content.isPlain()
                ? unreadable(content.path(), String.valueOf(e.getMessage()))
                : refused(
                        content.path(),
                        "its compressed content ends early or is damaged (" + e.getMessage() + ")",
                        "Fetch the file again");
    }

    static DoughnutException badArchive(Path file, String why) {
        return refused(file, why, "Ask the publisher for a sound archive");
    }

    static DoughnutException severalMembers(Path file, Collection<String> members) {
        return new DoughnutException(
                ExitCode.CONFIGURATION,
                "Cannot take " + file + ": the archive has " + members.size() + " members ("
                        + members.stream().limit(SHOWN_NAMES).collect(Collectors.joining(", "))
                        + "). Say which one in format.member of the source, by name or by a pattern.");
    }

    static DoughnutException noMember(Path file, String wanted, Collection<String> members) {
        return new DoughnutException(
                ExitCode.CONFIGURATION,
                "Cannot take " + file + ": the archive has no member '" + wanted + "'."
                        + NearMiss.hint(wanted, members) + " Its members are: "
                        + members.stream().limit(SHOWN_NAMES).collect(Collectors.joining(", "))
                        + ". Correct format.member of the source.");
    }

    static DoughnutException badHeader(Path file, long line, String why) {
        return refused(
                file,
                "line " + line + " is no header of this format: " + why,
                "Correct format.kind or format.header_line of the source, or ask the publisher for a sound file");
    }

    static DoughnutException openQuote(Content content, long line) {
        return refused(
                content.path(),
                "a quote is opened on line " + line + " and not closed before the file ends",
                "Ask the publisher for a sound file; format.multiline is for cells that hold line breaks");
    }

    static DoughnutException notJson(Path file, long line, String why) {
        return refused(
                file,
                "line " + line + " is not as its format wants: " + why,
                "Correct format.kind of the source, or ask the publisher for a sound file");
    }

    static DoughnutException notParquet(Path file, String why) {
        return refused(
                file, "it is no Parquet file (" + why + ")", "Correct format.kind of the source, or fetch it again");
    }

    static DoughnutException packedParquet(Path file, String member) {
        return new DoughnutException(
                ExitCode.CONFIGURATION,
                "Cannot take " + file + ": its member '" + member
                        + "' is Parquet, which is read only as a file of its own. Unpack it first.");
    }

    /** The first line of what lies at the bottom of a failure. */
    static String deepest(Throwable e) {
        Throwable cause = e;
        for (int depth = 0; cause.getCause() != null && depth < DEEPEST; depth++) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }

    /** Why a line is quarantined that is longer than any table's. */
    static String lineTooLong() {
        return "Cannot take the line: it is longer than " + (Lines.LONGEST >> 20) + " MiB.";
    }

    /**
     * What a task said of a file, without what Spark puts around it.
     *
     * @param files named where Spark itself could not read one
     */
    static RuntimeException unwrapped(Exception e, String files) {
        Throwable cause = e;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof DoughnutException ours) {
                return ours;
            }
            String message = String.valueOf(cause.getMessage());
            // only Parquet is read by Spark itself
            if (cause.getClass().getName().startsWith("org.apache.parquet")
                    || message.contains("is not a Parquet file")
                    || message.contains("Encountered error while reading file")) {
                return new DoughnutException(
                        ExitCode.DATA_REFUSED,
                        "Cannot take " + files + ": Parquet says " + deepest(cause) + ". Fetch it again.");
            }
            cause = cause.getCause();
        }
        return e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
    }

    static DoughnutException notASpreadsheet(Path file, String why) {
        return refused(
                file, "it is no XLSX workbook (" + why + ")", "Set format.kind of the source, or fetch it again");
    }

    static DoughnutException noSheet(Path file, String sheet, Collection<String> sheets) {
        return new DoughnutException(
                ExitCode.CONFIGURATION,
                "Cannot take " + file + ": it has no sheet '" + sheet + "'." + NearMiss.hint(sheet, sheets)
                        + " Its sheets are: " + String.join(", ", sheets) + ". Correct format.sheet of the source.");
    }

    static DoughnutException noHeader(Path file, int line, long lines) {
        return refused(
                file,
                "the header is expected on line " + line + ", but the file has " + lines + " lines",
                "Correct format.header_line of the source, or ask the publisher for the complete file");
    }

    static DoughnutException wrongHeader(Path file, int line, String column, Collection<String> header, String used) {
        return new DoughnutException(
                ExitCode.CONFIGURATION,
                "Cannot take " + file + ": line " + line + " has no column '" + column + "', which " + used + " uses."
                        + NearMiss.hint(column, header) + " The header is: "
                        + header.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "))
                        + ". If the publisher renamed it, give both names: from: [new, old], or"
                        + " format.header.aliases where conditions use it.");
    }

    static DoughnutException twoNames(Path file, int line, Collection<String> names) {
        return new DoughnutException(
                ExitCode.CONFIGURATION,
                "Cannot take " + file + ": line " + line + " has the columns '" + String.join("' and '", names)
                        + "', which the source holds for names of one. Correct format.header.aliases of the source.");
    }

    static DoughnutException newColumns(Path file, int line, Collection<String> names, Path source) {
        return new DoughnutException(
                ExitCode.CONFIGURATION,
                "Cannot take " + file + ": line " + line + " has columns that were not there before: '"
                        + String.join("', '", names)
                        + "'. A new column may be a new breakdown, and then totals would be"
                        + " mixed with parts. Take it into the mapping or a condition of " + source.getFileName()
                        + ", then add it to format.header.only.");
    }

    static DoughnutException noPreamble(Path file, String label, String column) {
        return refused(
                file,
                "no line above the header has the label '" + label + "', which the column " + column + " is read from",
                "Correct the label in the source");
    }

    static DoughnutException badExpression(String source, String where, String text, String why) {
        return new DoughnutException(
                ExitCode.CONFIGURATION,
                "Cannot use the source '" + source + "': " + where + " is '" + text
                        + "', and that is no SQL expression (" + why + "). Correct it in the source's file.");
    }

    private static DoughnutException refused(Path file, String why, String remedy) {
        return new DoughnutException(ExitCode.DATA_REFUSED, "Cannot take " + file + ": " + why + ". " + remedy + ".");
    }
}
