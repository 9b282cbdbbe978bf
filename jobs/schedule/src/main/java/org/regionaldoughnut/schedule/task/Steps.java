package org.regionaldoughnut.schedule.task;

import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The product's verbs, as the command line provides them. */
public interface Steps {

    /** The verbs there are. */
    Set<String> verbs();

    /**
     * Runs a verb in this process and its shared Spark session. An interrupt of the calling thread stops it.
     *
     * @param name unique among what runs; jobs in Spark are told apart by it
     * @param arguments the verb and what follows it
     * @param environment of the call: the process's own and the try's
     * @param out takes data, the last line being JSON
     * @param err takes progress and errors
     * @return the exit code
     */
    int run(String name, List<String> arguments, Map<String, String> environment, Writer out, Writer err);

    /** Stops what runs under that name. */
    void cancel(String name);

    /** The words that start a verb as a process of its own, to be followed by the verb. */
    List<String> fork();

    /** The words that submit a verb to a cluster, to be followed by the verb. */
    List<String> submit();
}
