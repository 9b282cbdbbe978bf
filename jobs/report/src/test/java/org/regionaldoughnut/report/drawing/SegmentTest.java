package org.regionaldoughnut.report.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SegmentTest {
    @Test
    void anglesRunClockwiseFromTwelveOClock() {
        assertThat(Segment.point(10, 0)).isEqualTo("0 -10");
        assertThat(Segment.point(10, 90)).isEqualTo("10 0");
        assertThat(Segment.point(10, 180)).isEqualTo("0 10");
        assertThat(Segment.point(10, 270)).isEqualTo("-10 0");
    }

    @Test
    void theOutlineRunsOutAlongTheOuterArcAndBackAlongTheInner() {
        assertThat(new Segment(5, 10, 0, 90).path()).isEqualTo("M0 -10A10 10 0 0 1 10 0L5 0A5 5 0 0 0 0 -5Z");
    }

    @Test
    void moreThanHalfACircleTakesTheLargeArc() {
        assertThat(new Segment(5, 10, 0, 270).path()).contains("A10 10 0 1 1").contains("A5 5 0 1 0");
    }

    @Test
    void aWholeRingIsStillDrawn() {
        Segment ring = new Segment(5, 10, 0, 360);
        assertThat(ring.to()).isLessThan(360);
        assertThat(ring.path()).contains("A10 10 0 1 1");
    }

    @Test
    void partsAreEqualWithGapsBetweenAndFillTheSegment() {
        Segment segment = new Segment(5, 10, 30, 60);
        var parts = segment.split(3, 1);
        assertThat(parts).hasSize(3);
        assertThat(parts.get(0).from()).isEqualTo(30);
        assertThat(parts.get(2).to()).isCloseTo(60, within(1e-9));
        assertThat(parts.get(1).from() - parts.get(0).to()).isCloseTo(1, within(1e-9));
        assertThat(parts).allSatisfy(part -> assertThat(part.to() - part.from()).isCloseTo(28 / 3.0, within(1e-9)));
    }

    @Test
    void theScaleIsLinearRunsBothWaysAndClips() {
        Scale inward = Proportions.PAGE.shortfall();
        Scale outward = Proportions.PAGE.overshoot();
        assertThat(inward.radius(0)).isEqualTo(Proportions.PAGE.floor());
        assertThat(inward.radius(100)).isEqualTo(Proportions.PAGE.deepest());
        assertThat(inward.radius(50)).isEqualTo((Proportions.PAGE.floor() + Proportions.PAGE.deepest()) / 2);
        assertThat(outward.radius(100) - outward.radius(0)).isEqualTo(outward.radius(200) - outward.radius(100));
        assertThat(outward.radius(5000)).isEqualTo(Proportions.PAGE.farthest());
        assertThat(outward.radius(-40)).isEqualTo(Proportions.PAGE.ceiling());
        assertThat(outward.clips(200)).isFalse();
        assertThat(outward.clips(200.1)).isTrue();
    }

    @Test
    void impossibleShapesAreRefused() {
        assertThatThrownBy(() -> new Segment(10, 5, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Segment(1, 5, Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Scale(5, 5, 100)).isInstanceOf(IllegalArgumentException.class);
    }
}
