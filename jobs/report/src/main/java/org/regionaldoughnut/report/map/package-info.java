/**
 * Outlines of regions: a GeoJSON file or the places of tiles, as the office names them, come in; path data in one
 * coordinate space go out, simplified so that neighbours keep their common border. It must not know of figures or pages.
 */
package org.regionaldoughnut.report.map;
