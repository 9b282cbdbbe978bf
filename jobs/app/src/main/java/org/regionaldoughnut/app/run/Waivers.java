package org.regionaldoughnut.app.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.regionaldoughnut.ledger.Ledger;

/** The waivers of an office, kept in its ledger; none is ever taken out of the list. */
public final class Waivers {
    private static final String KEY = "quality.waivers";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Ledger ledger;

    public Waivers(Ledger ledger) {
        this.ledger = ledger;
    }

    /** All, in the order in which they were granted. */
    public List<Waiver> all() {
        return ledger.meta(KEY).map(Waivers::read).orElse(List.of());
    }

    /** Those that hold at this time. */
    public List<Waiver> holding(Instant at, ZoneId zone) {
        return all().stream().filter(waiver -> waiver.holds(at, zone)).toList();
    }

    /** Words by rule for one batch, of those that hold; a later one replaces an earlier one. */
    Map<String, String> of(String source, String batch, Instant at, ZoneId zone) {
        Map<String, String> words = new TreeMap<>();
        holding(at, zone).stream()
                .filter(waiver ->
                        waiver.source().equals(source) && waiver.batch().equals(batch))
                .forEach(waiver -> words.put(waiver.rule(), waiver.words()));
        return words;
    }

    /** Adds one; the caller holds the lease. */
    public void add(Waiver waiver) {
        List<Waiver> all = new ArrayList<>(all());
        all.add(waiver);
        try {
            ledger.putMeta(KEY, JSON.writeValueAsString(all));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a waiver has no JSON form", e);
        }
    }

    private static List<Waiver> read(String text) {
        try {
            return JSON.readValue(text, new TypeReference<List<Waiver>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger's waivers cannot be read", e);
        }
    }
}
