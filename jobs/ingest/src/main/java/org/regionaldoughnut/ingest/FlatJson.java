package org.regionaldoughnut.ingest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.function.BiConsumer;

/** A JSON object as flat names and texts. */
final class FlatJson {
    private static final int DEEPEST = 20;

    private FlatJson() {}

    /**
     * Reads the one object that is there.
     *
     * @param cells gets the name and the text of each scalar or list; null for a JSON null
     */
    static void read(JsonParser json, BiConsumer<String, String> cells) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("it does not begin with a brace");
        }
        object(json, "", 0, cells);
        if (json.nextToken() != null) {
            throw new IOException("text follows the object");
        }
    }

    private static void object(JsonParser json, String prefix, int depth, BiConsumer<String, String> cells)
            throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("objects are nested more than " + DEEPEST + " deep");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = prefix + json.currentName();
            switch (json.nextToken()) {
                case START_OBJECT -> object(json, name + ".", depth + 1, cells);
                case START_ARRAY -> cells.accept(name, list(json));
                case VALUE_NULL -> cells.accept(name, null);
                default -> cells.accept(name, json.getText());
            }
        }
    }

    private static String list(JsonParser json) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = JsonStat.JSON.createGenerator(text)) {
            copy.copyCurrentStructure(json);
        }
        return text.toString();
    }

    static String why(IOException e) {
        return e instanceof JsonProcessingException syntax ? syntax.getOriginalMessage() : e.getMessage();
    }
}
