package org.regionaldoughnut.indicators.formulas;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import java.util.logging.Level;
import java.util.logging.Logger;

/** LAPACK in Java, so that every machine gives the same bits. */
final class Lapack {
    /** Held, so that its level stays: it warns of the native library, which is not wanted. */
    private static final Logger SILENT = Logger.getLogger("dev.ludovic.netlib.lapack.InstanceBuilder");

    static final JavaLAPACK JAVA = quietly();

    private Lapack() {}

    private static JavaLAPACK quietly() {
        SILENT.setLevel(Level.OFF);
        return JavaLAPACK.getInstance();
    }
}
