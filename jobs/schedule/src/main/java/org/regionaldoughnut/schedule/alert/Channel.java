package org.regionaldoughnut.schedule.alert;

import java.io.IOException;

/** A way to people. */
public interface Channel {

    /** @throws IOException where it does not go through; it is tried again */
    void send(Alert alert) throws IOException, InterruptedException;
}
