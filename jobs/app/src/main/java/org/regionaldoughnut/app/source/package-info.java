/**
 * Proposing how a received file may be read: a file and the reference tables of schemas/ come in, the text of a source's
 * YAML with its reasons goes out. It must not read whole files, nor know a publisher by name: what is known of columns,
 * codes and statuses stands in schemas/codelists and schemas/correspondences.
 */
package org.regionaldoughnut.app.source;
