/**
 * The doughnut as a drawing: two rings of dimensions with their percentages and texts come in, one SVG element goes
 * out. It must not know of releases, databases, templates or languages: every text is given to it. Geometry (scales,
 * segments, curved labels) is apart from the markup.
 */
package org.regionaldoughnut.report.drawing;
