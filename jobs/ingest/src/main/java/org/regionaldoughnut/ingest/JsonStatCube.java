package org.regionaldoughnut.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything of a JSON-stat dataset but its values.
 *
 * @param ids dimensions in their order, the last moving fastest
 * @param codes categories of each dimension in their order
 * @param status flag of a cell by its 0-based flat index
 * @param statusOfAll flag of every cell; empty where there is none
 */
record JsonStatCube(List<String> ids, List<List<String>> codes, Map<Long, String> status, String statusOfAll)
        implements Serializable {

    /** @throws IOException where the text is no JSON-stat 2.0 dataset; the message says why */
    static JsonStatCube read(JsonParser json) throws IOException {
        List<String> ids = new ArrayList<>();
        List<Long> sizes = new ArrayList<>();
        Map<String, Map<String, Integer>> categories = new HashMap<>();
        Map<Long, String> status = new TreeMap<>();
        String statusOfAll = "";
        boolean hasValue = false;
        require(json.nextToken() == JsonToken.START_OBJECT, "it is no JSON object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken token = json.nextToken();
            switch (field) {
                case "class" -> require(json.getText().equals("dataset"), "its class is " + json.getText());
                case "id" -> {
                    require(token == JsonToken.START_ARRAY, "id is no list");
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        ids.add(json.getText());
                    }
                }
                case "size" -> {
                    require(token == JsonToken.START_ARRAY, "size is no list");
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        sizes.add(json.getLongValue());
                    }
                }
                case "dimension" -> dimensions(json, categories);
                case "status" -> {
                    if (token == JsonToken.VALUE_STRING) {
                        statusOfAll = json.getText();
                    } else {
                        cells(json, (index, at) -> {
                            if (at.currentToken() != JsonToken.VALUE_NULL
                                    && !at.getText().isBlank()) {
                                status.put(index, at.getText().strip());
                            }
                        });
                    }
                }
                case "value" -> {
                    hasValue = true;
                    json.skipChildren();
                }
                default -> json.skipChildren();
            }
        }
        require(json.currentToken() == JsonToken.END_OBJECT, "it ends early");
        require(hasValue, "it has no value");
        require(!ids.isEmpty() && ids.size() == sizes.size(), "id and size do not list the same dimensions");
        require(ids.stream().distinct().count() == ids.size(), "a dimension is there twice in id");
        List<List<String>> codes = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            codes.add(ordered(ids.get(i), sizes.get(i), categories.get(ids.get(i))));
        }
        return new JsonStatCube(ids, codes, status, statusOfAll);
    }

    private static void dimensions(JsonParser json, Map<String, Map<String, Integer>> categories) throws IOException {
        require(json.currentToken() == JsonToken.START_OBJECT, "dimension is no object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String dimension = json.currentName();
            if (json.nextToken() != JsonToken.START_OBJECT) {
                // id, size and role stood here in version 1
                json.skipChildren();
                continue;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isCategory = json.currentName().equals("category");
                if (json.nextToken() == JsonToken.START_OBJECT && isCategory) {
                    categories.put(dimension, category(json));
                } else {
                    json.skipChildren();
                }
            }
        }
    }

    /** The index as an object or a list; where it is absent, the only label's code. */
    private static Map<String, Integer> category(JsonParser json) throws IOException {
        Map<String, Integer> index = new HashMap<>();
        Map<String, Integer> labels = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            JsonToken token = json.nextToken();
            if (field.equals("index") && token == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    require(index.put(json.getText(), index.size()) == null, "a category is there twice");
                }
            } else if (field.equals("index") && token == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String code = json.currentName();
                    json.nextToken();
                    require(index.put(code, json.getIntValue()) == null, "the category " + code + " is there twice");
                }
            } else if (field.equals("label") && token == JsonToken.START_OBJECT) {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    labels.put(json.currentName(), labels.size());
                    json.nextToken();
                }
            } else {
                json.skipChildren();
            }
        }
        return index.isEmpty() ? labels : index;
    }

    private static List<String> ordered(String dimension, long size, Map<String, Integer> index) throws IOException {
        require(index != null, "the dimension " + dimension + " of id is not described");
        require(
                index.size() == size,
                "the dimension " + dimension + " has " + index.size() + " categories, size says " + size);
        String[] codes = new String[index.size()];
        for (Map.Entry<String, Integer> entry : index.entrySet()) {
            int at = entry.getValue();
            require(
                    at >= 0 && at < codes.length && codes[at] == null,
                    "the categories of " + dimension + " are not numbered from 0");
            codes[at] = entry.getKey();
        }
        return List.of(codes);
    }

    /** What is done with a cell. */
    interface CellVisitor {
        void visit(long index, JsonParser at) throws IOException;
    }

    /** Walks over a list of cells, or over an object of those that are not missing. */
    static void cells(JsonParser json, CellVisitor visitor) throws IOException {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            long index = 0;
            while (json.nextToken() != JsonToken.END_ARRAY) {
                visitor.visit(index++, json);
            }
            return;
        }
        require(json.currentToken() == JsonToken.START_OBJECT, "its cells are neither a list nor an object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            long index = indexOf(json.currentName());
            json.nextToken();
            visitor.visit(index, json);
        }
    }

    static long indexOf(String name) throws IOException {
        require(name.matches("\\d{1,18}"), "'" + name + "' is no number of a cell");
        return Long.parseLong(name);
    }

    private static void require(boolean holds, String otherwise) throws IOException {
        if (!holds) {
            throw new IOException(otherwise);
        }
    }

    /** How many cells there are; the greatest long where they cannot be counted. */
    long size() {
        long size = 1;
        for (List<String> dimension : codes) {
            try {
                size = Math.multiplyExact(size, dimension.size());
            } catch (ArithmeticException e) {
                return Long.MAX_VALUE;
            }
        }
        return size;
    }

    String statusOf(long index) {
        String own = status.get(index);
        return own == null && !statusOfAll.isBlank() ? statusOfAll : own;
    }
}
