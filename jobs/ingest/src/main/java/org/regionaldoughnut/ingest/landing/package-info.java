/**
 * Brings what lies elsewhere into the received folder of the storage: files over HTTP(S), and extractions from databases.
 * A place described by a source goes in, files that were received go out; the bytes are kept as they came. It must not
 * know formats, contracts or what the files hold.
 */
package org.regionaldoughnut.ingest.landing;
