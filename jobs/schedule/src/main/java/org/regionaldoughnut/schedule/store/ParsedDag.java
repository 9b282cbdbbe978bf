package org.regionaldoughnut.schedule.store;

import org.regionaldoughnut.schedule.model.Dag;

/**
 * A DAG as read from its file.
 *
 * @param source the text of the file
 */
public record ParsedDag(Dag dag, String source) {}
