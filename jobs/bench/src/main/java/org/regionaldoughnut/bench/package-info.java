/**
 * Benchmarks: what the work costs as a ratio to what Spark alone costs on the same machine in the same minutes. Names
 * of benchmarks come in, ratios go out on standard output. Nothing else may depend on it, and no test waits for it.
 */
package org.regionaldoughnut.bench;
