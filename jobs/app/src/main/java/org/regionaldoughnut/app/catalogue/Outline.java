package org.regionaldoughnut.app.catalogue;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Prints a tree for eyes: a name and its text on a line, lists and further trees indented below. */
public final class Outline {
    private final PrintWriter out;

    public Outline(PrintWriter out) {
        this.out = out;
    }

    public void print(Map<String, Object> tree) {
        tree(tree, "");
        out.flush();
    }

    private void tree(Map<?, ?> tree, String indent) {
        int width = tree.entrySet().stream()
                .filter(entry -> !isNested(entry.getValue()))
                .mapToInt(entry -> entry.getKey().toString().length())
                .max()
                .orElse(0);
        tree.forEach((name, value) -> {
            String label = name.toString().replace('_', ' ');
            if (value instanceof List<?> list) {
                if (!list.isEmpty()) {
                    out.println(indent + label + ":");
                    list.forEach(item -> item(item, indent + "  "));
                }
            } else if (value instanceof Map<?, ?> below) {
                out.println(indent + label + ":");
                tree(below, indent + "  ");
            } else {
                out.println(indent + label + " ".repeat(width - label.length()) + "  " + text(value));
            }
        });
    }

    private void item(Object item, String indent) {
        if (item instanceof Map<?, ?> tree) {
            boolean first = true;
            for (Map.Entry<?, ?> entry : tree.entrySet()) {
                String bullet = first ? "- " : "  ";
                first = false;
                if (isNested(entry.getValue())) {
                    out.println(indent + bullet + entry.getKey().toString().replace('_', ' ') + ":");
                    nested(entry.getValue(), indent + "    ");
                } else {
                    out.println(indent + bullet + entry.getKey().toString().replace('_', ' ') + ": "
                            + text(entry.getValue()));
                }
            }
        } else {
            out.println(indent + "- " + text(item));
        }
    }

    private void nested(Object value, String indent) {
        if (value instanceof List<?> list) {
            list.forEach(item -> item(item, indent));
        } else {
            tree((Map<?, ?>) value, indent);
        }
    }

    private static boolean isNested(Object value) {
        return value instanceof List || value instanceof Map;
    }

    private static String text(Object value) {
        return value instanceof Double number ? Texts.number(number) : String.valueOf(value);
    }
}
