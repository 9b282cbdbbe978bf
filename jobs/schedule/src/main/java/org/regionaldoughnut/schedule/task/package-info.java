/**
 * Doing one task: templates are filled in, then a step of the product, a command of the shell or nothing is run, and its
 * exit code and last line tell the outcome. It knows neither database nor Quartz; steps are called through
 * {@link org.regionaldoughnut.schedule.task.Steps}.
 */
package org.regionaldoughnut.schedule.task;
