package org.regionaldoughnut.report.quality;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The newest judgement of a source.
 *
 * @param findings of its newest batches; none where it was never judged
 */
public record SourceQuality(String id, String title, String publisher, List<Finding> findings) {
    public SourceQuality {
        Objects.requireNonNull(id);
        Objects.requireNonNull(title);
        Objects.requireNonNull(publisher);
        findings = findings.stream()
                .sorted(Comparator.comparing(Finding::passed)
                        .thenComparing(f -> !f.stops())
                        .thenComparing(Finding::batch)
                        .thenComparing(Finding::rule))
                .toList();
    }

    /** Its state in words. */
    public String state() {
        if (findings.isEmpty()) {
            return "not judged yet";
        }
        if (findings.stream().anyMatch(Finding::stops)) {
            return "stopped";
        }
        if (findings.stream().anyMatch(f -> f.waiver().isPresent())) {
            return "let pass by a waiver";
        }
        return broken() > 0 ? "usable, with remarks" : "in order";
    }

    /** A word for the style sheet. */
    public String tone() {
        return switch (state()) {
            case "in order" -> "good";
            case "stopped" -> "bad";
            default -> "fair";
        };
    }

    public long broken() {
        return findings.stream().filter(f -> !f.passed()).count();
    }

    public long failingRows() {
        return findings.stream().mapToLong(Finding::failingRows).sum();
    }

    public String judged() {
        return findings.stream()
                .map(Finding::evaluated)
                .max(Comparator.naturalOrder())
                .orElse("never");
    }

    public String page() {
        return PageNames.source(id);
    }
}
