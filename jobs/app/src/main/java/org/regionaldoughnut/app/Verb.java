package org.regionaldoughnut.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What every verb has: the office's options, the streams, the workplace. */
abstract class Verb implements Callable<Integer> {
    /** The command it is a part of: {@link Doughnut}, or another verb. */
    @CommandLine.ParentCommand
    Object parent;

    @CommandLine.Mixin
    OfficeOptions own = new OfficeOptions();

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    @CommandLine.Spec
    CommandSpec spec;

    OfficeOptions options() {
        return own.or(parent instanceof Verb verb ? verb.options() : doughnut().options);
    }

    final Doughnut doughnut() {
        return parent instanceof Verb verb ? verb.doughnut() : (Doughnut) parent;
    }

    Workplace workplace() {
        OfficeOptions options = options();
        return Workplace.open(
                options.officeOrSample(),
                options.set,
                options.storage(),
                doughnut().environment(),
                doughnut().clock());
    }

    /** The storage as far as the command line tells; settings of the office may name another. */
    Path likelyStorage() {
        OfficeOptions options = options();
        return Path.of(options.storage()
                        .map(uri -> uri.replaceFirst("^file:(//)?", ""))
                        .orElse(".doughnut/" + Path.of(options.officeOrSample()).getFileName()))
                .toAbsolutePath()
                .normalize();
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
