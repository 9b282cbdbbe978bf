/**
 * Brings a published release to its readers: a folder, a ZIP archive, an Atom feed, e-mails with the PDF. A parcel and
 * the recipients come in, one outcome for each of them goes out. What was sent is remembered and never sent again. It
 * must not know how pages or figures are made.
 */
package org.regionaldoughnut.report.delivery;
