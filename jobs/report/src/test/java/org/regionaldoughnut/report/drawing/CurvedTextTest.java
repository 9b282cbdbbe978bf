package org.regionaldoughnut.report.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CurvedTextTest {
    private static final Segment TOP = new Segment(180, 226, 1, 29);
    private static final Segment BOTTOM = new Segment(180, 226, 151, 179);

    @Test
    void aShortNameStaysOnOneLineInFullSize() {
        CurvedText text = CurvedText.fit("Food", TOP, 18, 10);
        assertThat(text.lines()).hasSize(1);
        assertThat(text.size()).isEqualTo(18);
    }

    @Test
    void aLongNameIsBrokenBeforeItIsMadeSmall() {
        CurvedText text = CurvedText.fit("Peace and justice", TOP, 18, 10);
        assertThat(text.lines()).extracting(CurvedText.Line::text).containsExactly("Peace and", "justice");
        assertThat(text.size()).isGreaterThan(14);
    }

    @Test
    void theFirstLineIsTheUpperOneInBothHalves() {
        CurvedText top = CurvedText.fit("Peace and justice", TOP, 18, 10);
        CurvedText bottom = CurvedText.fit("Peace and justice", BOTTOM, 18, 10);
        assertThat(top.lines().get(0).radius()).isGreaterThan(top.lines().get(1).radius());
        assertThat(bottom.lines().get(0).radius())
                .isLessThan(bottom.lines().get(1).radius());
    }

    @Test
    void noLineIsEverLongerThanItsArc() {
        for (String title :
                new String[] {"Income and work", "Connectivity", "x".repeat(500), "a b ".repeat(90), "漢字".repeat(30)}) {
            for (Segment segment : new Segment[] {TOP, BOTTOM}) {
                CurvedText text = CurvedText.fit(title, segment, 18, 10);
                assertThat(text.lines()).allSatisfy(line -> assertThat(CurvedText.width(line.text(), text.size()))
                        .isLessThan(segment.arc(line.radius() + 8)));
            }
        }
    }

    @Test
    void whatCannotFitEndsInAnEllipsis() {
        assertThat(CurvedText.fit("x".repeat(500), TOP, 18, 10).lines())
                .singleElement()
                .extracting(CurvedText.Line::text)
                .asString()
                .endsWith("…")
                .hasSizeLessThan(30);
    }

    @Test
    void thereIsNothingToWriteWhereThereIsNoRoom() {
        assertThat(CurvedText.fit("Food", new Segment(180, 226, 1, 1.2), 18, 10).lines())
                .allSatisfy(line -> assertThat(line.text()).isEmpty());
    }
}
