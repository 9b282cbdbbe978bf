/**
 * The scheduler's interface over HTTP: the stable REST API of Airflow 3 ({@code /api/v2}), its log-in
 * ({@code /auth/token}), and the few answers that only the page for people on call asks for ({@code /ui}).
 *
 * <p>What comes in: requests with a token. What goes out: rows of the store in the words of Airflow's schemas; what its
 * official client requires is always there and never null. It must not know Quartz, nor what a task does: it reads and
 * changes the store, and the engine sees the change.
 */
package org.regionaldoughnut.schedule.api;
