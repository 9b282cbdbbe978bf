/**
 * What tries print: one file per try, below one folder. In: lines of a try. Out: the lines again, with their times. It
 * knows no database.
 */
package org.regionaldoughnut.schedule.log;
