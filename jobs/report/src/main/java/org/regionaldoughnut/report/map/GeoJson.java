package org.regionaldoughnut.report.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.regionaldoughnut.model.DoughnutException;
import org.regionaldoughnut.model.ExitCode;

/**
 * Reads a GeoJSON FeatureCollection (RFC 7946; also gzipped) into outlines. Degrees are drawn with the cosine of the
 * middle latitude; other coordinates are taken as plane. Every vertex is moved to a fine grid and repeated ones are left
 * out, so borders that two regions share stay shared. A region too small for the grid becomes a small square.
 */
public final class GeoJson {
    private static final double HEIGHT = 560;
    private static final double WIDEST = 900;
    private static final int LEAST_RING = 4;

    private final Path file;
    private final String property;
    private final Map<String, String> codes;
    private final Map<String, List<double[][]>> rings = new LinkedHashMap<>();

    private GeoJson(Path file, String property, Map<String, String> codes) {
        this.file = file;
        this.property = property;
        this.codes = codes;
    }

    /**
     * @param property the features' property that holds the region's code
     * @param codes from the file's codes to the office's; a code that is not in it is taken as it is
     * @throws DoughnutException where the file cannot be read or holds no region
     */
    public static Outlines read(Path file, String property, Map<String, String> codes) {
        GeoJson reader = new GeoJson(file, property, codes);
        try (InputStream bytes = open(file)) {
            JsonNode root = new ObjectMapper().readTree(bytes);
            root.path("features").forEach(reader::feature);
        } catch (IOException e) {
            throw refused(file, e.getMessage());
        }
        if (reader.rings.isEmpty()) {
            throw refused(file, "no feature has the property '" + property + "' and a polygon");
        }
        return reader.outlines();
    }

    private static DoughnutException refused(Path file, String why) {
        return new DoughnutException(
                ExitCode.CONFIGURATION,
                "Cannot read the map " + file + ": " + why + ". Name a GeoJSON file of polygons and the property that"
                        + " holds the region's code under report.geometry, or remove the key.");
    }

    private static InputStream open(Path file) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
    }

    private void feature(JsonNode feature) {
        JsonNode name = feature.path("properties").path(property);
        if (name.isMissingNode() || name.isNull()) {
            return;
        }
        String code = codes.getOrDefault(name.asText(), name.asText());
        JsonNode geometry = feature.path("geometry");
        List<JsonNode> polygons = new ArrayList<>();
        if (geometry.path("type").asText().equals("Polygon")) {
            polygons.add(geometry.path("coordinates"));
        } else if (geometry.path("type").asText().equals("MultiPolygon")) {
            geometry.path("coordinates").forEach(polygons::add);
        }
        for (JsonNode polygon : polygons) {
            for (JsonNode ring : polygon) {
                rings.computeIfAbsent(code, key -> new ArrayList<>()).add(points(ring));
            }
        }
    }

    private static double[][] points(JsonNode ring) {
        double[][] points = new double[ring.size()][];
        for (int i = 0; i < points.length; i++) {
            points[i] = new double[] {
                ring.get(i).path(0).asDouble(), ring.get(i).path(1).asDouble()
            };
        }
        return points;
    }

    private Outlines outlines() {
        double[] box = box();
        boolean degrees =
                Math.abs(box[0]) <= 180 && Math.abs(box[2]) <= 180 && Math.abs(box[1]) <= 90 && Math.abs(box[3]) <= 90;
        double stretch = degrees ? Math.cos(Math.toRadians((box[1] + box[3]) / 2)) : 1;
        double wide = Math.max(1e-9, (box[2] - box[0]) * stretch);
        double high = Math.max(1e-9, box[3] - box[1]);
        double scale = Math.min(HEIGHT / high, WIDEST / wide);
        Map<String, Outlines.Outline> outlines = new LinkedHashMap<>();
        rings.forEach((code, list) -> {
            StringBuilder path = new StringBuilder();
            for (double[][] ring : list) {
                path.append(path(ring, box, stretch * scale, scale));
            }
            if (path.length() == 0) {
                int x = (int) Math.round((list.get(0)[0][0] - box[0]) * stretch * scale);
                int y = (int) Math.round((box[3] - list.get(0)[0][1]) * scale);
                path.append("M").append(x).append(' ').append(y).append("h3v3h-3Z");
            }
            outlines.put(code, new Outlines.Outline(path.toString(), 0, 0));
        });
        return new Outlines(false, Math.ceil(wide * scale) + 2, Math.ceil(high * scale) + 2, outlines);
    }

    private double[] box() {
        double[] box = {Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
        rings.values()
                .forEach(list -> list.forEach(ring -> {
                    for (double[] point : ring) {
                        box[0] = Math.min(box[0], point[0]);
                        box[1] = Math.min(box[1], point[1]);
                        box[2] = Math.max(box[2], point[0]);
                        box[3] = Math.max(box[3], point[1]);
                    }
                }));
        return box;
    }

    /** Whole numbers, relative to the point before: short, and exact enough for a picture of this size. */
    private static String path(double[][] ring, double[] box, double across, double up) {
        List<int[]> kept = new ArrayList<>();
        for (double[] point : ring) {
            int x = (int) Math.round((point[0] - box[0]) * across) + 1;
            int y = (int) Math.round((box[3] - point[1]) * up) + 1;
            if (kept.isEmpty() || kept.get(kept.size() - 1)[0] != x || kept.get(kept.size() - 1)[1] != y) {
                kept.add(new int[] {x, y});
            }
        }
        if (kept.size() < LEAST_RING) {
            return "";
        }
        StringBuilder path = new StringBuilder("M" + kept.get(0)[0] + " " + kept.get(0)[1] + "l");
        for (int i = 1; i < kept.size() - 1; i++) {
            int dx = kept.get(i)[0] - kept.get(i - 1)[0];
            int dy = kept.get(i)[1] - kept.get(i - 1)[1];
            path.append(i == 1 || dx < 0 ? "" : " ")
                    .append(dx)
                    .append(dy < 0 ? "" : " ")
                    .append(dy);
        }
        return path.append("Z").toString();
    }
}
