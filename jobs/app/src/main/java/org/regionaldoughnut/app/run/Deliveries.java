package org.regionaldoughnut.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.regionaldoughnut.ledger.LeaseHandle;
import org.regionaldoughnut.ledger.Ledger;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Report;
import org.regionaldoughnut.office.Secrets;
import org.regionaldoughnut.report.PageSettings;
import org.regionaldoughnut.report.Parcels;
import org.regionaldoughnut.report.delivery.Delivery;
import org.regionaldoughnut.report.delivery.DeliveryMemory;
import org.regionaldoughnut.report.delivery.MailServer;
import org.regionaldoughnut.report.delivery.Outcome;

/** Has a published release delivered as the office's reports say, by one writer at a time. */
public final class Deliveries {
    private static final int SUBMISSION = 587;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Office office;
    private final Secrets secrets;
    private final Clock clock;

    public Deliveries(Office office, Secrets secrets, Clock clock) {
        this.office = office;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** To all who wait. */
    public List<Outcome> deliver(Path release, Ledger ledger) {
        return deliver(release, ledger, List.copyOf(office.reports().values()));
    }

    /** To those who get every release without being asked for. */
    public List<Outcome> onRelease(Path release, Ledger ledger) {
        return deliver(
                release,
                ledger,
                office.reports().values().stream().filter(Report::onRelease).toList());
    }

    private List<Outcome> deliver(Path release, Ledger ledger, List<Report> reports) {
        List<Outcome> outcomes = new ArrayList<>();
        if (reports.isEmpty()) {
            return outcomes;
        }
        LeaseHandle lease = ledger.acquireLease("doughnut report --deliver");
        try (lease;
                Parcels parcels = Parcels.open(release, office.catalogueInFrameworks(), PageSettings.of(office))) {
            Delivery delivery = new Delivery(release, DeliveryMemory.in(ledger), server(), clock, PAUSE);
            for (Report report : reports) {
                outcomes.addAll(delivery.deliver(report, parcels::of));
            }
        }
        return outcomes;
    }

    private Optional<MailServer> server() {
        JsonNode mail = office.settings().path("report").path("mail");
        if (!mail.isObject()) {
            return Optional.empty();
        }
        Path file = office.folder().resolve("office.yaml");
        return Optional.of(new MailServer(
                mail.path("host").asText(),
                mail.path("port").asInt(SUBMISSION),
                MailServer.Security.of(mail.path("security").asText("starttls")),
                Optional.of(secrets.resolve(mail.path("user").asText(""), file)).filter(user -> !user.isEmpty()),
                secrets.resolve(mail.path("password").asText(""), file),
                mail.path("from").asText(),
                Optional.of(mail.path("certificates").asText(""))
                        .filter(pem -> !pem.isEmpty())
                        .map(office.folder()::resolve),
                PATIENCE));
    }
}
