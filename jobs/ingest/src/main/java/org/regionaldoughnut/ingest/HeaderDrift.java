package org.regionaldoughnut.ingest;

import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.regionaldoughnut.office.Format;
import org.regionaldoughnut.office.Source;

/**
 * Headers change from edition to edition: a column gets another name, comes or goes. What the source tells of it is
 * applied, so that everything behind sees one header; anything else is refused, and nothing is read into a wrong column.
 */
final class HeaderDrift {
    private HeaderDrift() {}

    static Received settled(Received received, Source source, Receipt receipt) {
        if (source.format().header().isEmpty()) {
            return received;
        }
        Format.Columns header = source.format().header().get();
        Map<String, String> renamed = new LinkedHashMap<>();
        header.aliases().forEach((name, others) -> {
            List<String> met = new ArrayList<>(
                    others.stream().filter(received.names()::contains).toList());
            if (received.names().contains(name)) {
                met.add(0, name);
            }
            if (met.size() > 1) {
                throw Refusal.twoNames(receipt.file(), source.format().headerLine(), met);
            }
            if (met.size() == 1 && !met.get(0).equals(name)) {
                renamed.put(met.get(0), name);
            }
        });
        List<String> names = new ArrayList<>();
        Map<String, Integer> positions = new LinkedHashMap<>();
        List<Column> columns = new ArrayList<>();
        for (String given : received.rows().columns()) {
            String name = renamed.getOrDefault(given, given);
            columns.add(Received.column(given).as(name));
            if (received.names().contains(given)) {
                names.add(name);
                positions.put(name, received.positions().get(given));
            }
        }
        List<String> unknown = header.only().isEmpty()
                ? List.of()
                : names.stream().filter(name -> !header.only().contains(name)).toList();
        if (!unknown.isEmpty()) {
            throw Refusal.newColumns(receipt.file(), source.format().headerLine(), unknown, source.file());
        }
        for (String name : header.optional()) {
            if (!names.contains(name)) {
                names.add(name);
                positions.put(name, names.size());
                columns.add(lit(null).cast("string").as(name));
            }
        }
        Dataset<Row> rows = received.rows().select(columns.toArray(Column[]::new));
        return new Received(rows, List.copyOf(names), positions, received.preamble(), received.isCells());
    }
}
