package org.regionaldoughnut.schedule.engine;

import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** A run is to be looked at: a retry of it may be due. Public because Quartz makes it. */
public final class RunTick implements Job {
    @Override
    public void execute(JobExecutionContext context) {
        Engine.of(context).decide(Long.parseLong(context.getMergedJobDataMap().getString(QuartzClock.RUN)));
    }
}
