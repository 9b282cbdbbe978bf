package org.regionaldoughnut.schedule.engine;

import java.util.List;
import java.util.Map;
import org.regionaldoughnut.schedule.store.ParsedDag;

/** Where DAGs are configured. */
public interface DagSource {

    /** Changes when what is configured changes. Asked often: cheap. */
    String fingerprint();

    /** What is configured now. */
    Configured read();

    /** @param broken files that cannot be read, with what is wrong with them */
    record Configured(List<ParsedDag> dags, Map<String, String> broken) {}
}
