package org.regionaldoughnut.harmonise;

/**
 * @param rowsIn accepted raw rows read
 * @param rowsOut rows written
 * @param quarantined rows left out because their region or unit is not known
 */
public record HarmoniseResult(long rowsIn, long rowsOut, long quarantined, long deltaVersion) {}
