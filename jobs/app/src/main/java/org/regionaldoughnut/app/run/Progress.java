package org.regionaldoughnut.app.run;

/** Told how far a run is; may be called from several threads. */
public interface Progress {
    /** Nothing is shown. */
    Progress SILENT = new Progress() {
        @Override
        public void begins(StepId step, String reason) {}

        @Override
        public void ended(StepOutcome outcome) {}

        @Override
        public void note(String text) {}
    };

    void begins(StepId step, String reason);

    void ended(StepOutcome outcome);

    void note(String text);
}
