package org.regionaldoughnut.schedule.engine;

import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** A DAG is to be looked at: a run of it may be due. Public because Quartz makes it. */
public final class DagTick implements Job {
    @Override
    public void execute(JobExecutionContext context) {
        Engine.of(context).wake();
    }
}
