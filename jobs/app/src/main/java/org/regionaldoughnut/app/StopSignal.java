package org.regionaldoughnut.app;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Waits for SIGTERM or SIGINT, so that a process says good-bye before the JVM's shutdown hooks run: they all run at once,
 * and those of the embedded database and of Spark would take away what is still needed. The JDK has no supported class
 * for signals; its unsupported one is reached by name, and where it is missing the process ends by the hooks.
 */
final class StopSignal {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger();

    StopSignal() {
        List.of("TERM", "INT").forEach(this::listen);
    }

    private void listen(String name) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var listener = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            exitCode.set(128 + (name.equals("TERM") ? 15 : 2));
                            stopped.countDown();
                            return null;
                        }
                        return switch (method.getName()) {
                            case "hashCode" -> System.identityHashCode(this);
                            case "equals" -> proxy == arguments[0];
                            default -> "StopSignal";
                        };
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), listener);
        } catch (ReflectiveOperationException e) {
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown));
        }
    }

    /** @return the exit code that tells of the signal: 143 or 130 */
    int await() throws InterruptedException {
        stopped.await();
        return exitCode.get();
    }
}
