package org.regionaldoughnut.lake;

/**
 * The name of a table: a layer and a name in it, {@code harmonised.trade}. Layers are raw, quarantine, quality,
 * harmonised and statistics.
 */
public record Table(String layer, String name) {
    public Table {
        if (!layer.matches("[a-z]+") || !name.matches("[A-Za-z0-9_.-]+")) {
            throw new IllegalArgumentException("not a table: " + layer + "." + name);
        }
    }

    public static Table raw(String source) {
        return new Table("raw", source);
    }

    public static Table quarantine(String source) {
        return new Table("quarantine", source);
    }

    public static Table harmonised(String name) {
        return new Table("harmonised", name);
    }

    @Override
    public String toString() {
        return layer + "." + name;
    }
}
