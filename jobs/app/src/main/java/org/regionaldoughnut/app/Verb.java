package org.regionaldoughnut.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What every verb has: the office's options, the streams, the workplace. */
abstract class Verb implements Callable<Integer> {
    @CommandLine.Mixin
    OfficeOptions own = new OfficeOptions();

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    @CommandLine.Spec
    CommandSpec spec;

    Doughnut doughnut() {
        return (Doughnut) spec.root().userObject();
    }

    /** Options may stand behind the verb, behind a word before it, or before all. */
    OfficeOptions options() {
        Object before = spec.parent().userObject();
        return own.or(before instanceof Verb verb ? verb.options() : doughnut().options);
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
