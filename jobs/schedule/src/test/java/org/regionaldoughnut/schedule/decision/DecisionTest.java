package org.regionaldoughnut.schedule.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.regionaldoughnut.schedule.model.Retry;
import org.regionaldoughnut.schedule.model.TaskState;
import org.regionaldoughnut.schedule.model.TriggerRule;
import org.regionaldoughnut.schedule.model.TryKey;

/** Trigger rules as Airflow 3 documents them. S success, F failed, U upstream failed, K skipped, - not done. */
class DecisionTest {

    private static Upstream upstream(String letters) {
        var states = new ArrayList<Optional<TaskState>>();
        for (var letter : letters.toCharArray()) {
            states.add(
                    switch (letter) {
                        case 'S' -> Optional.of(TaskState.SUCCESS);
                        case 'F' -> Optional.of(TaskState.FAILED);
                        case 'U' -> Optional.of(TaskState.UPSTREAM_FAILED);
                        case 'K' -> Optional.of(TaskState.SKIPPED);
                        case 'R' -> Optional.of(TaskState.RUNNING);
                        default -> Optional.empty();
                    });
        }
        return Upstream.of(states);
    }

    @ParameterizedTest
    @CsvSource({
        "all_success, SS, START",
        "all_success, S-, WAIT",
        "all_success, FR, UPSTREAM_FAILED",
        "all_success, K-, SKIP",
        "all_success, U-, UPSTREAM_FAILED",
        "all_failed, FU, START",
        "all_failed, S-, SKIP",
        "all_failed, F-, WAIT",
        "all_done, SFKU, START",
        "all_done, SR, WAIT",
        "all_done_min_one_success, SF, START",
        "all_done_min_one_success, S-, WAIT",
        "all_done_min_one_success, FK, UPSTREAM_FAILED",
        "all_done_min_one_success, KK, SKIP",
        "one_success, S-, START",
        "one_success, F-, WAIT",
        "one_success, FK, UPSTREAM_FAILED",
        "one_success, KK, SKIP",
        "one_failed, F-, START",
        "one_failed, S-, WAIT",
        "one_failed, SK, SKIP",
        "one_failed, U-, START",
        "one_done, S-, START",
        "one_done, F-, START",
        "one_done, K-, WAIT",
        "one_done, KK, SKIP",
        "none_failed, SK, START",
        "none_failed, F-, UPSTREAM_FAILED",
        "none_failed, S-, WAIT",
        "none_skipped, SF, START",
        "none_skipped, K-, SKIP",
        "none_skipped, S-, WAIT",
        "none_failed_min_one_success, SK, START",
        "none_failed_min_one_success, KK, SKIP",
        "none_failed_min_one_success, SF, UPSTREAM_FAILED",
        "none_failed_min_one_success, S-, WAIT",
        "all_skipped, KK, START",
        "all_skipped, S-, SKIP",
        "all_skipped, K-, WAIT",
        "always, --, START",
        "always, FF, START"
    })
    void aRuleSaysWhatBecomesOfATask(String rule, String states, Rules.Verdict expected) {
        assertThat(Rules.judge(TriggerRule.of(rule), upstream(states))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"SSS", "FFF", "KKK", "SFK", "UKS", "S", "F", "K"})
    void onceAllIsDoneNoRuleWaits(String states) {
        for (var rule : TriggerRule.values()) {
            assertThat(Rules.judge(rule, upstream(states))).as(rule.word()).isNotEqualTo(Rules.Verdict.WAIT);
        }
    }

    @Test
    void aTaskWithoutUpstreamStartsUnderEveryRule() {
        for (var rule : TriggerRule.values()) {
            assertThat(Rules.judge(rule, Upstream.of(List.of()))).isEqualTo(Rules.Verdict.START);
        }
    }

    @Property
    void backOffLiesBetweenTheDelayAndTwiceItAndIsCapped(@ForAll @IntRange(min = 1, max = 40) int tries) {
        var retry = new Retry(50, Duration.ofSeconds(10), 2, Duration.ofHours(1));
        var key = new TryKey("dag", "run", "task", tries);
        var delay = Backoff.after(key, retry);
        var least = Math.min(10 * Math.pow(2, tries - 1), 3600);

        assertThat(delay.toMillis() / 1000.0).isBetween(least, Math.min(2 * least, 3600));
        assertThat(Backoff.after(key, retry)).isEqualTo(delay);
    }
}
