/** Counts what happens, for Prometheus. In: reports of the engine. Out: text to be scraped. */
package org.regionaldoughnut.schedule.metric;
