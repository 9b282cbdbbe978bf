package org.regionaldoughnut.schedule.model;

import java.time.Instant;
import java.util.UUID;

/**
 * One wording of a DAG; a run keeps the one it was made from.
 *
 * @param number counts from 1 within the DAG
 * @param hash of all that is configured
 */
public record DagVersion(UUID id, String dagId, int number, String hash, Instant created) {}
