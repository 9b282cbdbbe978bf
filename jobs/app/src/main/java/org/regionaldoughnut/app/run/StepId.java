package org.regionaldoughnut.app.run;

/** A step and what it works on: {@code ingest/la-emissions}. */
public record StepId(String step, String subject) implements Comparable<StepId> {
    public static final String INGEST = "ingest";
    public static final String VALIDATE = "validate";
    public static final String HARMONISE = "harmonise";
    public static final String INDICATORS = "indicators";
    public static final String PUBLISH = "publish";
    public static final String REPORT = "report";

    @Override
    public String toString() {
        return step + "/" + subject;
    }

    @Override
    public int compareTo(StepId other) {
        return toString().compareTo(other.toString());
    }
}
