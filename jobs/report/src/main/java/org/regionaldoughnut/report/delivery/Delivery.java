package org.regionaldoughnut.report.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.office.Report;
import org.regionaldoughnut.report.delivery.Outcome.State;

/**
 * Delivers a published release to all who are named in a report. A delivery that failed is tried again, at once a few
 * times and then at the next call; one that was made, or may have been, is not made again.
 */
public final class Delivery {
    private static final String SENT = "sent ";
    private static final String SENDING = "sending ";
    private static final int TRIES = 3;

    private final Path release;
    private final String id;
    private final DeliveryMemory memory;
    private final Optional<MailServer> server;
    private final Clock clock;
    private final Duration pause;

    /**
     * @param release folder of the published release
     * @param pause between two tries of the same message
     */
    public Delivery(Path release, DeliveryMemory memory, Optional<MailServer> server, Clock clock, Duration pause) {
        this.release = release;
        this.id = release.toAbsolutePath().normalize().getFileName().toString();
        this.memory = memory;
        this.server = server;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * @param parcels the parcel of a region by its code, that of the whole office for an empty code; empty where the
     *     release has no report of it
     * @return one outcome for each folder, archive, feed and recipient
     */
    public List<Outcome> deliver(Report report, Function<String, Optional<Parcel>> parcels) {
        List<Outcome> outcomes = new ArrayList<>();
        report.folder()
                .ifPresent(folder ->
                        outcomes.add(once(report, "folder", folder.resolve(id), to -> Copies.copy(release, to))));
        report.zip()
                .ifPresent(folder ->
                        outcomes.add(once(report, "zip", folder.resolve(id + ".zip"), to -> Copies.zip(release, to))));
        report.feed()
                .ifPresent(feed -> outcomes.add(once(
                        report,
                        "feed",
                        feed.file(),
                        to -> AtomFeed.add(
                                to,
                                feed.url(),
                                report.title(),
                                id,
                                parcels.apply("").map(Parcel::summary).orElse(""),
                                clock.instant()))));
        report.mail().ifPresent(mail -> recipients(report, mail).forEach((region, addresses) -> addresses.stream()
                .distinct()
                .forEach(address -> outcomes.add(mail(report, region, address, parcels.apply(region))))));
        return outcomes;
    }

    private static Map<String, List<String>> recipients(Report report, Report.Mail mail) {
        Map<String, List<String>> recipients = new LinkedHashMap<>();
        recipients.put("", mail.everyone());
        mail.byRegion().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(entry -> report.regions().isEmpty() || report.regions().contains(entry.getKey()))
                .forEach(entry -> recipients.put(entry.getKey(), entry.getValue()));
        return recipients;
    }

    private interface Copy {
        void to(Path target) throws IOException;
    }

    /** Files may be written again without harm, so a broken attempt is simply repeated. */
    private Outcome once(Report report, String channel, Path target, Copy copy) {
        String key = key(report, channel, target.toString());
        if (memory.recall(key).filter(word -> word.startsWith(SENT)).isPresent()) {
            return new Outcome(report.id(), channel, target.toString(), State.ALREADY, "");
        }
        try {
            copy.to(target);
        } catch (IOException e) {
            String why = "Cannot write " + target + ": " + e.getClass().getSimpleName() + ", " + e.getMessage()
                    + ". Make the place writable and deliver again.";
            return new Outcome(report.id(), channel, target.toString(), State.FAILED, why);
        }
        memory.remember(key, SENT + clock.instant());
        return new Outcome(report.id(), channel, target.toString(), State.SENT, "");
    }

    private Outcome mail(Report report, String region, String address, Optional<Parcel> parcel) {
        String key = key(report, "mail", region + " " + address);
        Optional<String> word = memory.recall(key);
        if (word.filter(w -> w.startsWith(SENT)).isPresent()) {
            return new Outcome(report.id(), "mail", address, State.ALREADY, "");
        }
        if (word.filter(w -> w.startsWith(SENDING)).isPresent()) {
            return new Outcome(
                    report.id(), "mail", address, State.IN_DOUBT, inDoubt(address, "a run ended while sending"));
        }
        if (parcel.isEmpty()) {
            String why = "Cannot send to " + address + ": release " + id + " has no PDF of region " + region
                    + ". Set report.pdf: true, or name a region the release has.";
            return new Outcome(report.id(), "mail", address, State.FAILED, why);
        }
        if (server.isEmpty()) {
            String why = "Cannot send to " + address + ": no mail server is configured. Set report.mail.host and"
                    + " report.mail.from in office.yaml.";
            return new Outcome(report.id(), "mail", address, State.FAILED, why);
        }
        try {
            return send(report, key, address, parcel.get(), new Postman(server.get()));
        } catch (Postman.Refused e) {
            return failed(report, address, e.getMessage());
        }
    }

    private Outcome send(Report report, String key, String address, Parcel parcel, Postman postman) {
        String why = "";
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            memory.remember(key, SENDING + clock.instant());
            try {
                postman.send(parcel, address, clock.instant());
                memory.remember(key, SENT + clock.instant());
                return new Outcome(report.id(), "mail", address, State.SENT, "");
            } catch (Postman.InDoubt e) {
                return new Outcome(report.id(), "mail", address, State.IN_DOUBT, inDoubt(address, e.getMessage()));
            } catch (Postman.Refused e) {
                memory.remember(key, "failed " + clock.instant());
                why = e.getMessage();
                if (attempt < TRIES && !rest()) {
                    break;
                }
            }
        }
        return failed(report, address, why);
    }

    private static Outcome failed(Report report, String address, String why) {
        return new Outcome(
                report.id(),
                "mail",
                address,
                State.FAILED,
                "Cannot send to " + address + ": " + why + ". Deliver again once the server takes it; nothing is sent"
                        + " twice.");
    }

    private static String inDoubt(String address, String why) {
        return "Cannot tell whether " + address + " has the report: " + why + ". It is not sent again; ask the"
                + " recipient, and send it by hand if it is missing.";
    }

    private boolean rest() {
        try {
            Thread.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Addresses are kept as hashes: the ledger needs to know whether, not whom. */
    private String key(Report report, String channel, String target) {
        return "delivery/" + id + "/" + report.id() + "/" + channel + "/"
                + Hash.of(List.of(target)).substring(0, 32);
    }
}
