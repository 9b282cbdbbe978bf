package org.regionaldoughnut.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * JSON-stat 2.0: one cube whose values are a list or, where cells are missing, an object. A row is a cell: a column for
 * each dimension, {@code OBS_VALUE} and {@code OBS_FLAG}. The text is passed twice and never held. Source:
 * json-stat.org/format.
 */
final class JsonStat implements Reader {
    /** The numbers of cells are names of fields, millions of them: none is remembered. */
    static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final SparkSession spark;

    JsonStat(SparkSession spark) {
        this.spark = spark;
    }

    @Override
    public Received read(Receipt receipt) {
        if (receipt.bytes() == 0) {
            throw Refusal.empty(receipt.file());
        }
        Content content = Content.of(receipt);
        JsonStatCube cube;
        try (JsonParser json = parser(content)) {
            cube = JsonStatCube.read(json);
        } catch (IOException e) {
            throw refused(content, e);
        }
        List<String> names = new ArrayList<>(cube.ids());
        names.add(EurostatTsv.VALUE);
        names.add(EurostatTsv.FLAG);
        StructType schema = new StructType()
                .add(Received.LINE, DataTypes.LongType)
                .add(Received.MALFORMED, DataTypes.StringType)
                .add(Received.CELL, DataTypes.IntegerType)
                .add(Received.TEXT, DataTypes.StringType);
        for (String name : names) {
            schema = schema.add(name, DataTypes.StringType);
        }
        return Received.cells(
                ReceivedTable.rows(spark, receipt.name(), schema, new JsonStatRows(content, cube, names)), names);
    }

    /** Without names kept, the library decodes by a reader that takes any bytes; this one refuses what is no UTF-8. */
    static JsonParser parser(Content content) throws IOException {
        BufferedReader text = new BufferedReader(new InputStreamReader(
                content.open(), StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)));
        text.mark(1);
        if (text.read() != BYTE_ORDER_MARK) {
            text.reset();
        }
        return JSON.createParser(text);
    }

    static RuntimeException refused(Content content, IOException e) {
        if (e instanceof CharacterCodingException) {
            return Refusal.notJson(content.path(), 1, "it holds bytes that are no UTF-8");
        }
        if (e instanceof JsonParseException syntax) {
            return Refusal.notJson(
                    content.path(),
                    syntax.getLocation() == null ? 1 : syntax.getLocation().getLineNr(),
                    syntax.getOriginalMessage());
        }
        return e.getClass().equals(IOException.class) && content.isPlain()
                ? Refusal.notJson(content.path(), 1, String.valueOf(e.getMessage()))
                : Refusal.damaged(content, e);
    }
}
