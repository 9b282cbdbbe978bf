/**
 * The command line and the wiring of the rooms, in one class ({@link org.regionaldoughnut.app.Workplace}). Arguments
 * come in; data go to standard output, progress to standard error, and the exit code says how it ended. It must not
 * compute figures.
 */
package org.regionaldoughnut.app;
