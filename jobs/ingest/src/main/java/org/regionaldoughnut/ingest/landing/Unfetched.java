package org.regionaldoughnut.ingest.landing;

import java.io.IOException;
import java.util.List;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/** Why something was not fetched. No message holds a secret: places are shown as the source writes them. */
final class Unfetched {
    private Unfetched() {}

    static DoughnutException unavailable(Download.Order order, String why) {
        return new DoughnutException(
                ExitCode.SOURCE_UNAVAILABLE,
                "Cannot fetch the source '" + order.source() + "' from " + order.shown() + ": " + why
                        + ". Try again later.");
    }

    static DoughnutException refused(Download.Order order, int code) {
        String remedy = code == 401 || code == 403
                ? "Check the secret in location.headers of the source"
                : "Correct location.url of the source";
        return new DoughnutException(
                ExitCode.SOURCE_UNAVAILABLE,
                "Cannot fetch the source '" + order.source() + "' from " + order.shown() + ": the server answers "
                        + code + ". " + remedy + ".");
    }

    static DoughnutException forbidden(Download.Order order, String host, List<String> allowed) {
        return new DoughnutException(
                ExitCode.CONFIGURATION,
                "Cannot fetch the source '" + order.source() + "' from " + order.shown() + ": the host " + host
                        + " is not allowed. Allowed are: " + String.join(", ", allowed)
                        + ". Add it to ingest.download.allowed_hosts if it is trusted.");
    }

    static DoughnutException tooLarge(Download.Order order, long bytes, long most) {
        return new DoughnutException(
                ExitCode.DATA_REFUSED,
                "Cannot take the source '" + order.source() + "' from " + order.shown() + ": it has " + bytes
                        + " bytes or more, and " + most + " are allowed. Raise ingest.download.max_mb if it is sound.");
    }

    static DoughnutException otherContent(Download.Order order, String found) {
        return new DoughnutException(
                ExitCode.DATA_REFUSED,
                "Cannot take the source '" + order.source() + "' from " + order.shown() + ": its SHA-256 is " + found
                        + ", and " + order.sha256().orElse("") + " is declared. Fetch it again, or correct"
                        + " location.sha256 of the source.");
    }

    /** What went wrong, without the place, which may hold a secret. */
    static String said(IOException e) {
        String message = e.getMessage();
        String kind = e instanceof java.net.http.HttpTimeoutException
                ? "no answer in time"
                : e instanceof java.net.ConnectException
                        ? "no connection"
                        : e.getClass().getSimpleName();
        return message == null || message.contains("://") ? kind : kind.equals("IOException") ? message : kind;
    }
}
