package org.regionaldoughnut.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A file as a customs office sends it: regions, partners, flows, products, years, values and masses; invented. */
final class GeneratedTrade {
    static final String HEADER = "Reporter,Partner,Flow,Product,Year,Value,Net mass\n";
    static final String SCHEMA = "Reporter string, Partner string, Flow string, Product string, Year string, "
            + "Value double, `Net mass` double";
    private static final int SEED = 2019;
    private static final int REGIONS = 180;
    private static final int PARTNERS = 240;
    private static final int PRODUCTS = 99;
    private static final int YEARS = 10;

    private GeneratedTrade() {}

    /** Writes the file, or leaves the one that is there with as many rows. */
    static Path file(Path folder, long rows) throws IOException {
        Path file = Files.createDirectories(folder).resolve("trade-" + rows + ".csv");
        if (Files.exists(file)) {
            return file;
        }
        Path unfinished = folder.resolve("trade.unfinished");
        SplittableRandom random = new SplittableRandom(SEED);
        StringBuilder line = new StringBuilder();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 20)) {
            out.write(HEADER.getBytes(StandardCharsets.US_ASCII));
            for (long i = 0; i < rows; i++) {
                line.setLength(0);
                line.append("UKR").append(100 + random.nextInt(REGIONS));
                line.append(",P").append(random.nextInt(PARTNERS));
                line.append(random.nextBoolean() ? ",Exp," : ",Imp,");
                line.append(10 + random.nextInt(PRODUCTS)).append(',').append(2010 + random.nextInt(YEARS));
                line.append(',').append(random.nextInt(10_000_000)).append('.').append(10 + random.nextInt(90));
                line.append(',').append(random.nextInt(1_000_000)).append('\n');
                out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
            }
        }
        return Files.move(unfinished, file);
    }
}
