/**
 * The catalogue told to readers: which indicators there are, how one is defined, how a figure came about. An office
 * comes in, and for a figure its lake; texts and trees for printing go out. It must not compute a figure by rules of its
 * own.
 */
package org.regionaldoughnut.app.catalogue;
