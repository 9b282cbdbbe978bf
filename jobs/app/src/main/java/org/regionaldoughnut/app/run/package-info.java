/**
 * Which steps are due, and doing them: the office, the ledger and the received files come in, a plan and then the state
 * of each step go out. It must not know what a room does inside its step, nor how results are shown.
 */
package org.regionaldoughnut.app.run;
