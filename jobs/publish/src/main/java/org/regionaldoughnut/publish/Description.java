package org.regionaldoughnut.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.regionaldoughnut.model.Hash;
import org.regionaldoughnut.office.Office;
import org.regionaldoughnut.office.Publication;
import org.regionaldoughnut.office.Source;

/** The {@code release.json} of a draft: what it is made of, under which rules, and how far it has come. */
final class Description {
    private static final int SHORT = 16;

    private final DraftRequest request;
    private final ReleaseId id;
    private final Instant created;
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();

    Description(DraftRequest request, ReleaseId id, Instant created) {
        this.request = request;
        this.id = id;
        this.created = created;
    }

    /** @param earlier notes of the release it amends */
    ObjectNode of(
            List<ReleasedTable> tables,
            String hash,
            Optional<Instant> embargo,
            Iterable<ObjectNode> earlier,
            ObjectNode disclosure) {
        Office office = request.office();
        root.put("id", id.toString());
        root.put("office", office.id());
        root.put("title", office.title());
        root.put("created", created.toString());
        root.put("state", "draft");
        root.put("approval_required", office.approvalRequired());
        embargo.ifPresent(until -> root.put("embargo", until.toString()));
        office.publication()
                .next(created)
                .map(Publication.Planned::title)
                .filter(title -> !title.isEmpty() && request.amends().isEmpty())
                .ifPresent(title -> root.put("calendar", title));
        request.amends()
                .ifPresent(amendment -> root.put("amends", amendment.of().toString()));
        notes(earlier);
        root.setAll(origins());
        tables(tables);
        root.set("disclosure", disclosure);
        root.put("content_hash", hash);
        return root;
    }

    /** What the figures are made of, as far as it is known before they are written. */
    ObjectNode origins() {
        Office office = request.office();
        ObjectNode origins = JsonNodeFactory.instance.objectNode();
        origins.put("id", id.toString());
        request.asOf().map(LocalDate::toString).ifPresent(day -> origins.put("as_of", day));
        ArrayNode years = origins.putArray("doughnut_years");
        office.years().forEach(years::add);
        ArrayNode levels = origins.putArray("levels");
        office.levels().forEach(levels::add);
        origins.put("boundary_set", office.boundarySet());
        ObjectNode sets = origins.putObject("boundary_sets");
        office.frameworks().forEach(framework -> sets.put(framework.id(), office.boundarySetOf(framework.id())));
        origins.put("run", request.run());
        ObjectNode program = origins.putObject("program");
        new TreeMap<>(request.program()).forEach(program::put);
        definitions(office, origins.putObject("definitions"));
        inputs(office, origins.putArray("inputs"));
        waivers(origins.putArray("waivers"));
        return origins;
    }

    private void waivers(ArrayNode waivers) {
        request.waivers().forEach(waiver -> waivers.addObject()
                .put("source", waiver.source())
                .put("batch", waiver.batch())
                .put("rule", waiver.rule())
                .put("reason", waiver.reason())
                .put("by", waiver.by())
                .put("granted", waiver.granted())
                .put("until", waiver.until()));
    }

    private void notes(Iterable<ObjectNode> earlier) {
        ArrayNode notes = root.putArray("notes");
        earlier.forEach(note -> notes.add(note.deepCopy()));
        request.asOf().ifPresent(day -> notes.addObject()
                .put("release", id.toString())
                .put("at", created.toString())
                .put("text", "Figures as they were known at the end of " + day + ". Later ones are left out."));
        request.amends().ifPresent(amendment -> notes.addObject()
                .put("release", id.toString())
                .put("at", created.toString())
                .put("text", amendment.note()));
    }

    /** Identity of each indicator's definition, so that two releases can tell a new method from new data. */
    private static void definitions(Office office, ObjectNode definitions) {
        office.catalogue()
                .indicators()
                .forEach((indicator, definition) -> definitions.put(
                        indicator, Hash.of(List.of(definition.toString())).substring(0, SHORT)));
    }

    private void inputs(Office office, ArrayNode inputs) {
        for (DraftRequest.Input input : request.inputs()) {
            Source source = office.sources().get(input.source());
            inputs.addObject()
                    .put("source", source.id())
                    .put("title", source.title())
                    .put("publisher", source.publisher())
                    .put("licence", source.licence())
                    .put("batch", input.batch())
                    .put("published", source.published().orElse(null))
                    .put("url", source.url().orElse(null))
                    .put("attribution", source.attribution().orElse(null));
        }
    }

    private void tables(List<ReleasedTable> tables) {
        ArrayNode list = root.putArray("tables");
        for (ReleasedTable table : tables) {
            ObjectNode node = list.addObject().put("name", table.name()).put("rows", table.rows());
            ArrayNode files = node.putArray("files");
            table.files().forEach(files::add);
            node.put("sha256", table.sha256());
        }
    }
}
