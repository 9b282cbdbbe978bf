package org.regionaldoughnut.schedule.engine;

import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.regionaldoughnut.schedule.model.TryKey;

/** A try has its slot and its thread. Public because Quartz makes it. */
public final class TaskTry implements Job {
    @Override
    public void execute(JobExecutionContext context) {
        var data = context.getMergedJobDataMap();
        Engine.of(context)
                .runTry(new TryKey(
                        data.getString(QuartzClock.DAG),
                        data.getString(QuartzClock.RUN),
                        data.getString(QuartzClock.TASK),
                        Integer.parseInt(data.getString(QuartzClock.TRY))));
    }
}
