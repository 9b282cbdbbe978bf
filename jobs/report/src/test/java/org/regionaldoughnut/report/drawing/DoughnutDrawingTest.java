package org.regionaldoughnut.report.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.regionaldoughnut.report.drawing.Doughnut.Dimension;
import org.regionaldoughnut.report.drawing.Doughnut.Kind;
import org.regionaldoughnut.report.drawing.Doughnut.Ring;
import org.regionaldoughnut.report.drawing.Doughnut.Wedge;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class DoughnutDrawingTest {
    private static final DoughnutDrawing DRAWING =
            new DoughnutDrawing(p -> String.format(Locale.ROOT, "%.0f%%", p), "safe and just space");
    private static final Pattern POINT = Pattern.compile("(-?[0-9.]+) (-?[0-9.]+)(?=[LA]|$|Z)");

    @Test
    void shortfallReachesFromTheFloorTowardsTheCentre() throws Exception {
        Element wedge = wedges(draw(ring(counted(50)), ring(Wedge.missing("")))).get(0);
        double half = (Proportions.PAGE.floor() + Proportions.PAGE.deepest()) / 2;
        assertThat(wedge.getAttribute("class")).isEqualTo("wedge short counted");
        assertThat(reach(wedge)).containsExactly(half, Proportions.PAGE.floor());
    }

    @Test
    void overshootReachesOutwardsFromTheCeiling() throws Exception {
        Element wedge =
                wedges(draw(ring(Wedge.missing("")), ring(counted(100)))).get(1);
        assertThat(wedge.getAttribute("class")).isEqualTo("wedge over counted");
        assertThat(reach(wedge))
                .containsExactly(
                        Proportions.PAGE.ceiling(), (Proportions.PAGE.ceiling() + Proportions.PAGE.farthest()) / 2);
    }

    @Test
    void whatIsLongerThanTheScaleIsCutMarkedAndGivenItsNumber() throws Exception {
        Wedge wedge = new Wedge(Kind.COUNTED, 5000, "nitrogen", "+5,000%");
        String svg = draw(ring(Wedge.missing("")), ring(wedge));
        assertThat(reach(wedges(svg).get(1))).last().isEqualTo(Proportions.PAGE.farthest());
        assertThat(svg).contains("class=\"cut\"").contains(">+5,000%</textPath>");
    }

    @Test
    void withinTheScaleThereIsNoMark() {
        String svg = draw(ring(counted(100)), ring(counted(200)));
        assertThat(svg).doesNotContain("class=\"cut\"").doesNotContain("class=\"mark\"");
    }

    @Test
    void noughtHasATickMarkAndTheMissingAHatchedSector() throws Exception {
        List<Element> wedges = wedges(draw(ring(counted(0)), ring(Wedge.missing("no source"))));
        assertThat(wedges.get(0).getElementsByTagName("circle").getLength()).isEqualTo(1);
        assertThat(wedges.get(1).getAttribute("class")).isEqualTo("wedge over missing");
        assertThat(reach(wedges.get(1))).containsExactly(Proportions.PAGE.ceiling(), Proportions.PAGE.farthest());
    }

    @Test
    void twoIndicatorsShareTheSectorSideBySide() throws Exception {
        Ring floor = new Ring(List.of(
                new Dimension("Health", List.of(counted(10), new Wedge(Kind.PROXY, 20, "second", ""))),
                new Dimension("Food", List.of(counted(30)))));
        List<Element> wedges = wedges(draw(floor, ring(counted(1))));
        assertThat(wedges).hasSize(4);
        assertThat(wedges.get(1).getAttribute("class")).isEqualTo("wedge short proxy");
        assertThat(angles(wedges.get(0)).get(1))
                .isLessThan(angles(wedges.get(1)).get(0));
        assertThat(angles(wedges.get(1)).get(1)).isLessThan(180);
        assertThat(angles(wedges.get(2)).get(0)).isGreaterThan(180);
    }

    @Test
    void namesTooltipsAndTextAlternativeAreEscaped() throws Exception {
        String evil = "<script>alert(\"1\")</script> & 'co'";
        Ring ring = new Ring(List.of(new Dimension("A & B", List.of(new Wedge(Kind.COUNTED, 1, evil, "")))));
        String svg = DRAWING.draw(new Doughnut(evil, evil, ring, ring), "d");
        assertThat(svg).doesNotContain("<script");
        Document document = parse(svg);
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo(evil);
        assertThat(svg).contains("role=\"img\"").contains("aria-labelledby=\"d-title d-desc\"");
    }

    @Test
    void everyReferenceIsToAnIdOfThePictureAndIdsAreUnique() throws Exception {
        String svg =
                draw(ring(new Wedge(Kind.COUNTED, 900, "x", "+900%")), ring(new Wedge(Kind.PROXY, 900, "x", "+9%")));
        List<String> ids = all("id=\"([^\"]+)\"", svg);
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids).containsAll(all("href=\"#([^\"]+)\"", svg));
    }

    @Test
    void anEmptyRingIsDrawnEmpty() throws Exception {
        String svg = draw(new Ring(List.of()), new Ring(List.of()));
        assertThat(wedges(svg)).isEmpty();
        assertThat(svg).doesNotContain("NaN").doesNotContain("Infinity");
    }

    @Test
    void manyDimensionsStayInsideThePicture() throws Exception {
        Ring ring = new Ring(IntStream.range(0, 80)
                .mapToObj(i -> new Dimension("Dimension number " + i, List.of(counted(i * 10))))
                .toList());
        assertThat(wedges(draw(ring, ring))).hasSize(160).allSatisfy(wedge -> assertThat(reach(wedge))
                .allMatch(radius -> radius <= Proportions.PAGE.farthest()));
    }

    @Test
    void aFigureThatIsNoNumberIsRefused() {
        assertThatThrownBy(() -> counted(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> counted(Double.POSITIVE_INFINITY)).hasMessageContaining("Infinity");
    }

    @Test
    void theSmallPictureHasNoNamesButItsTextAlternative() throws Exception {
        Doughnut doughnut = new Doughnut("Title", "Description", ring(counted(5)), ring(counted(700)));
        String svg = DRAWING.drawSmall(doughnut, "s");
        parse(svg);
        assertThat(svg).doesNotContain("<text").contains("<title id=\"s-title\">Title</title>");
    }

    private static Wedge counted(double percent) {
        return new Wedge(Kind.COUNTED, percent, "a figure", "+" + percent);
    }

    private static Ring ring(Wedge wedge) {
        return new Ring(List.of(new Dimension("Food", List.of(wedge)), new Dimension("Water", List.of())));
    }

    private static String draw(Ring floor, Ring ceiling) {
        return DRAWING.draw(new Doughnut("Title", "Description", floor, ceiling), "d");
    }

    private static List<Element> wedges(String svg) throws Exception {
        List<Element> wedges = new ArrayList<>();
        NodeList groups = parse(svg).getElementsByTagName("g");
        for (int i = 0; i < groups.getLength(); i++) {
            wedges.add((Element) groups.item(i));
        }
        return wedges;
    }

    private static List<double[]> points(Element wedge) {
        Element path = (Element) wedge.getElementsByTagName("path").item(0);
        Matcher matcher = POINT.matcher(path.getAttribute("d"));
        List<double[]> points = new ArrayList<>();
        while (matcher.find()) {
            points.add(new double[] {Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2))});
        }
        return points;
    }

    /** The radii the wedge lies between, inner first. */
    private static List<Double> reach(Element wedge) {
        return points(wedge).stream()
                .map(p -> (double) Math.round(Math.hypot(p[0], p[1])))
                .distinct()
                .sorted()
                .toList();
    }

    /** The angles the wedge lies between, clockwise from the top. */
    private static List<Double> angles(Element wedge) {
        List<Double> angles = points(wedge).stream()
                .map(p -> (Math.toDegrees(Math.atan2(p[0], -p[1])) + 360) % 360)
                .sorted()
                .toList();
        return List.of(angles.get(0), angles.get(angles.size() - 1));
    }

    private static List<String> all(String regex, String text) {
        return Pattern.compile(regex)
                .matcher(text)
                .results()
                .map(m -> m.group(1))
                .toList();
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
