/**
 * Who may do what: passwords, tokens and the throttle of log-ins.
 *
 * <p>What comes in: names, passwords, tokens. What goes out: an account, or a refusal that does not tell whether the
 * name or the password was wrong. It must not know HTTP. Neither a password nor a token is ever written to a log.
 */
package org.regionaldoughnut.schedule.access;
