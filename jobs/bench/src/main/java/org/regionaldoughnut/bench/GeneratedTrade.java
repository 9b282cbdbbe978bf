package org.regionaldoughnut.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A file as a customs office sends it: regions, partners, flows, products, years, values and masses; invented.
 * No two lines have the same key. */
final class GeneratedTrade {
    static final String HEADER = "Reporter,Partner,Flow,Product,Year,Value,Net mass\n";
    static final String SCHEMA = "Reporter string, Partner string, Flow string, Product string, Year string, "
            + "Value double, `Net mass` double";
    static final int FIRST_REGION = 100;
    private static final int SEED = 2019;
    static final int REGIONS = 180;
    private static final int PARTNERS = 240;
    private static final int PRODUCTS = 99;
    private static final int YEARS = 10;
    private static final long KEYS = (long) REGIONS * PARTNERS * 2 * PRODUCTS * YEARS;

    /** Has no divisor in common with the number of keys: every key is met once before one is met again. */
    private static final long STEP = 48_271;

    private GeneratedTrade() {}

    /** Writes the file, or leaves the one that is there with as many rows. */
    static Path file(Path folder, long rows) throws IOException {
        Path file = Files.createDirectories(folder).resolve("flows-" + rows + ".csv");
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
                long key = i * STEP % KEYS;
                line.append("UKR").append(FIRST_REGION + key % REGIONS);
                line.append(",P").append(key / REGIONS % PARTNERS);
                line.append(key / REGIONS / PARTNERS % 2 == 0 ? ",Exp," : ",Imp,");
                long rest = key / REGIONS / PARTNERS / 2;
                line.append(10 + rest % PRODUCTS).append(',').append(2010 + rest / PRODUCTS);
                line.append(',').append(random.nextInt(10_000_000)).append('.').append(10 + random.nextInt(90));
                line.append(',').append(random.nextInt(1_000_000)).append('\n');
                out.write(line.toString().getBytes(StandardCharsets.US_ASCII));
            }
        }
        return Files.move(unfinished, file);
    }
}
