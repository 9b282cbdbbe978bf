package org.regionaldoughnut.app.lineage;

import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineageClient;
import io.openlineage.client.transports.ApiKeyTokenProvider;
import io.openlineage.client.transports.FileConfig;
import io.openlineage.client.transports.FileTransport;
import io.openlineage.client.transports.HttpConfig;
import io.openlineage.client.transports.HttpTransport;
import io.openlineage.client.transports.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.regionaldoughnut.ledger.StepEnd;
import org.regionaldoughnut.office.Office;

/**
 * Tells what steps do, as OpenLineage run events, to a file of the storage or to a server. A receiver that does not
 * answer is told of once and never stops a run.
 */
public final class LineageEvents implements AutoCloseable {
    private static final URI PRODUCER = URI.create("https://github.com/regionaldoughnut/regional-doughnut");
    private static final int TIMEOUT_MILLISECONDS = 5000;

    private final Optional<OpenLineageClient> client;
    private final OpenLineage words = new OpenLineage(PRODUCER);
    private final Office office;
    private final String storage;
    private final Clock clock;
    private final Map<String, StepFlow> flows;
    private boolean silenced;

    private LineageEvents(Optional<OpenLineageClient> client, Office office, Path storage, Clock clock) {
        this.client = client;
        this.office = office;
        this.storage = storage.toUri().toString().replaceAll("/$", "");
        this.clock = clock;
        this.flows = StepFlow.all(office).stream().collect(Collectors.toMap(StepFlow::name, f -> f, (a, b) -> a));
    }

    /**
     * As the office's key {@code lineage} says: to {@code lineage/events.ndjson} of the storage by default.
     *
     * @param secret puts secrets in the place of their names
     */
    public static LineageEvents open(
            Office office, Path storage, Clock clock, java.util.function.UnaryOperator<String> secret) {
        Optional<Transport> transport =
                switch (office.setting("lineage.transport").orElse("file")) {
                    case "none" -> Optional.empty();
                    case "http" -> Optional.of(http(office, secret));
                    default -> Optional.of(file(storage));
                };
        return new LineageEvents(
                transport.map(t -> OpenLineageClient.builder().transport(t).build()), office, storage, clock);
    }

    /** Told to nobody: what is done again for comparison only is no event. */
    public static LineageEvents untold(Office office, Path storage, Clock clock) {
        return new LineageEvents(Optional.empty(), office, storage, clock);
    }

    private static Transport file(Path storage) {
        Path file = storage.resolve("lineage/events.ndjson");
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FileTransport(new FileConfig(file.toString()));
    }

    private static Transport http(Office office, java.util.function.UnaryOperator<String> secret) {
        HttpConfig config = new HttpConfig();
        config.setUrl(URI.create(office.setting("lineage.url").orElseThrow()));
        config.setTimeoutInMillis(TIMEOUT_MILLISECONDS);
        office.setting("lineage.api_key").map(secret).ifPresent(key -> {
            ApiKeyTokenProvider token = new ApiKeyTokenProvider();
            token.setApiKey(key);
            config.setAuth(token);
        });
        return new HttpTransport(config);
    }

    /** A step begins. @param id of the step in the ledger */
    public void begins(String run, long id, String step, String subject, Consumer<String> note) {
        emit(OpenLineage.RunEvent.EventType.START, run, id, step, subject, List.of(), Optional.empty(), "", note);
    }

    /** A step has ended well. */
    public void completed(
            String run,
            long id,
            String step,
            String subject,
            StepEnd end,
            List<Assertion> assertions,
            Consumer<String> note) {
        OpenLineage.RunEvent.EventType type = OpenLineage.RunEvent.EventType.COMPLETE;
        emit(type, run, id, step, subject, assertions, Optional.of(end), "", note);
    }

    /** A step has failed. */
    public void failed(
            String run,
            long id,
            String step,
            String subject,
            String why,
            List<Assertion> assertions,
            Consumer<String> note) {
        emit(OpenLineage.RunEvent.EventType.FAIL, run, id, step, subject, assertions, Optional.empty(), why, note);
    }

    private synchronized void emit(
            OpenLineage.RunEvent.EventType type,
            String run,
            long id,
            String step,
            String subject,
            List<Assertion> assertions,
            Optional<StepEnd> end,
            String why,
            Consumer<String> note) {
        StepFlow flow = flows.get(step + "/" + subject);
        if (client.isEmpty() || silenced || flow == null) {
            return;
        }
        try {
            client.get().emit(event(type, run, id, flow, assertions, end, why));
        } catch (RuntimeException e) {
            silenced = true;
            note.accept("Lineage is not told for the rest of this run: " + e.getMessage()
                    + ". See the key 'lineage' of office.yaml.");
        }
    }

    private OpenLineage.RunEvent event(
            OpenLineage.RunEvent.EventType type,
            String run,
            long id,
            StepFlow flow,
            List<Assertion> assertions,
            Optional<StepEnd> end,
            String why) {
        String space = "doughnut/" + office.id();
        OpenLineage.RunFacetsBuilder facets = words.newRunFacetsBuilder()
                .parent(words.newParentRunFacetBuilder()
                        .run(words.newParentRunFacetRunBuilder()
                                .runId(uuid(run))
                                .build())
                        .job(words.newParentRunFacetJobBuilder()
                                .namespace(space)
                                .name("run")
                                .build())
                        .build());
        if (!why.isEmpty()) {
            facets.errorMessage(words.newErrorMessageRunFacet(why, "JAVA", ""));
        }
        List<OpenLineage.InputDataset> inputs = flow.inputs().stream()
                .map(table -> input(table, assertions, end))
                .toList();
        List<OpenLineage.OutputDataset> outputs =
                flow.outputs().stream().map(table -> output(table, flow, end)).toList();
        return words.newRunEvent(
                ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC),
                type,
                words.newRun(uuid(run + "/" + id), facets.build()),
                words.newJobBuilder()
                        .namespace(space)
                        .name(flow.step() + "." + flow.subject())
                        .build(),
                inputs,
                outputs);
    }

    private static UUID uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }

    private OpenLineage.InputDataset input(String table, List<Assertion> assertions, Optional<StepEnd> end) {
        OpenLineage.InputDatasetInputFacetsBuilder facets = words.newInputDatasetInputFacetsBuilder();
        List<OpenLineage.DataQualityAssertionsDatasetFacetAssertions> said = new ArrayList<>();
        assertions.stream()
                .filter(assertion -> assertion.table().equals(table))
                .forEach(assertion -> said.add(words.newDataQualityAssertionsDatasetFacetAssertionsBuilder()
                        .assertion(assertion.rule())
                        .success(assertion.holds())
                        .build()));
        if (!said.isEmpty()) {
            facets.dataQualityAssertions(words.newDataQualityAssertionsDatasetFacet(said));
        }
        boolean file = table.startsWith(StepFlow.FILES);
        end.filter(e -> file)
                .ifPresent(e -> facets.dataQualityMetrics(words.newDataQualityMetricsInputDatasetFacetBuilder()
                        .rowCount(e.rowsIn())
                        .build()));
        return words.newInputDatasetBuilder()
                .namespace(file ? "file" : storage)
                .name(file ? table.substring(StepFlow.FILES.length()) : table)
                .inputFacets(facets.build())
                .build();
    }

    /** Rows are counted for the step's own table; cells set aside for the quarantine. */
    private OpenLineage.OutputDataset output(String table, StepFlow flow, Optional<StepEnd> end) {
        OpenLineage.OutputDatasetOutputFacetsBuilder facets = words.newOutputDatasetOutputFacetsBuilder();
        boolean own = flow.outputs().get(0).equals(table);
        boolean aside = table.startsWith("quarantine.") && flow.step().equals("ingest");
        if (end.isPresent() && (own || aside)) {
            long rows = aside ? end.get().quarantined() : end.get().rowsOut();
            facets.outputStatistics(words.newOutputStatisticsOutputDatasetFacetBuilder()
                    .rowCount(rows)
                    .build());
        }
        return words.newOutputDatasetBuilder()
                .namespace(storage)
                .name(table)
                .outputFacets(facets.build())
                .build();
    }

    @Override
    public void close() {
        client.ifPresent(c -> {
            try {
                c.close();
            } catch (Exception e) {
                // what was told is told; there is nothing to mend in the end
                silenced = true;
            }
        });
    }
}
