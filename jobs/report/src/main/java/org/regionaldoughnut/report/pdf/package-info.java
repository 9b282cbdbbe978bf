/**
 * From a page of well-formed XHTML with SVG drawings to a PDF that everyone can read: tagged (PDF/UA-1), with title,
 * language, bookmarks and its fonts inside. It must not know of releases or regions.
 */
package org.regionaldoughnut.report.pdf;
