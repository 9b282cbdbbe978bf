/**
 * The quality pages: what was judged, by which rule and why, for people who do not code. Findings come in as records;
 * static HTML goes out: an index with the state of every source, a page per source and a page per run. It must not know
 * where the findings were kept, nor judge anything itself. Everything it is given is text: markup in it is shown, never
 * obeyed.
 */
package org.regionaldoughnut.report.quality;
