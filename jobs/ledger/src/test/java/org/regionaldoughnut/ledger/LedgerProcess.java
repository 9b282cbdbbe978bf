package org.regionaldoughnut.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/** Another process on the same ledger. */
final class LedgerProcess {
    private LedgerProcess() {}

    /** Runs one and returns what it said. */
    static String run(Path folder, String what) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LedgerProcess.class.getName(),
                        folder.toString(),
                        what)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    public static void main(String[] args) {
        var ledger = Ledgers.open(LedgerSettings.embedded(Path.of(args[0])), Clock.systemUTC());
        switch (args[1]) {
            case "acquire" -> acquire(ledger);
            case "begin-and-die" -> beginAndDie(ledger);
            default -> throw new IllegalArgumentException(args[1]);
        }
    }

    private static void acquire(Ledger ledger) {
        try (ledger;
                var lease = ledger.acquireLease("another process")) {
            System.out.println("acquired " + lease.lease());
        } catch (LeaseHeldException e) {
            System.out.println(e);
        }
    }

    private static void beginAndDie(Ledger ledger) {
        ledger.acquireLease("run killed");
        ledger.startRun(RunStart.of("killed", "uk", "main"));
        System.out.println(ledger.startStep(LedgerContractTest.step("killed", "trade")));
        System.out.flush();
        Runtime.getRuntime().halt(137);
    }
}
