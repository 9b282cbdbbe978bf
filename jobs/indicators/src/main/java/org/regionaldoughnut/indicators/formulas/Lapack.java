package org.regionaldoughnut.indicators.formulas;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.netlib.util.doubleW;

/** LAPACK in Java, so that every machine gives the same bits. */
final class Lapack {
    /** Held, so that its level stays: it warns of the native library, which is not wanted. */
    private static final Logger SILENT = Logger.getLogger("dev.ludovic.netlib.lapack.InstanceBuilder");

    static final JavaLAPACK JAVA = quietly();

    private Lapack() {}

    private static JavaLAPACK quietly() {
        SILENT.setLevel(Level.OFF);
        JavaLAPACK lapack = JavaLAPACK.getInstance();
        // these find the machine's precision when they are first called and keep it in static fields: two threads that
        // were the first at once would keep what is no precision, for as long as the process lives
        lapack.dlamch("E");
        lapack.dlartg(1, 1, new doubleW(0), new doubleW(0), new doubleW(0));
        return lapack;
    }
}
