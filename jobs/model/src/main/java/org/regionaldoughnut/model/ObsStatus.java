package org.regionaldoughnut.model;

import java.util.Collection;
import java.util.Optional;

/**
 * Observation status of a figure, SDMX code list CL_OBS_STATUS. The order of the constants is the precedence, highest
 * first: where several statuses meet in an aggregate, the first of them is its status.
 */
public enum ObsStatus {
    B("break in the series"),
    O("missing"),
    M("missing: cannot exist"),
    L("missing: exists but not collected"),
    H("missing: holiday"),
    Q("missing: suppressed"),
    J("derogation"),
    S("strike or other special event"),
    D("definition differs"),
    K("included in another category"),
    W("includes another category"),
    I("imputed by the receiver"),
    F("forecast"),
    E("estimated"),
    P("provisional"),
    N("not significant"),
    U("low reliability"),
    V("unvalidated"),
    G("experimental"),
    A("normal");

    private final String title;

    ObsStatus(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** Whether it says by itself why there is no value. */
    public boolean isMissing() {
        return switch (this) {
            case O, M, L, H, Q, K -> true;
            default -> false;
        };
    }

    /** The status of the given code, none where the code is not in the list. */
    public static Optional<ObsStatus> of(String code) {
        for (ObsStatus status : values()) {
            if (status.name().equals(code)) {
                return Optional.of(status);
            }
        }
        return Optional.empty();
    }

    /** The status of an aggregate of figures with the given statuses; {@link #A} where there are none. */
    public static ObsStatus strongest(Collection<ObsStatus> statuses) {
        return statuses.stream().min(ObsStatus::compareTo).orElse(A);
    }

    /** The stronger of this and the other. */
    public ObsStatus and(ObsStatus other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
