/**
 * Classify and code: accepted raw rows come in, rows in the office's own codes, regions, units and statuses go out to
 * {@code harmonised.*}, each with the time it was known from and, once superseded, until. It must not know how files
 * were read or what is computed from the figures.
 */
package org.regionaldoughnut.harmonise;
