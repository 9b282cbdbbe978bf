package org.regionaldoughnut.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.report.map.Outlines;
import org.regionaldoughnut.report.pdf.PdfDocument;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

class PdfTest {
    @TempDir
    private Path folder;

    @Test
    void aReportIsTaggedSpeaksItsLanguageAndCarriesItsFonts() throws Exception {
        Path release = UkFixture.write(folder);
        write(release, Locale.UK, "UKC");
        try (PDDocument pdf = Loader.loadPDF(release.resolve("pdf/UKC.pdf").toFile())) {
            var catalog = pdf.getDocumentCatalog();
            assertThat(catalog.getLanguage()).isEqualTo("en-GB");
            assertThat(catalog.getMarkInfo().isMarked()).isTrue();
            assertThat(catalog.getViewerPreferences().displayDocTitle()).isTrue();
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("North East: regional doughnut 2019");
            ByteArrayOutputStream metadata = new ByteArrayOutputStream();
            catalog.getMetadata().exportXMPMetadata().transferTo(metadata);
            assertThat(metadata.toString(StandardCharsets.UTF_8))
                    .contains("pdfuaid")
                    .contains("North East");
            assertThat(catalog.getDocumentOutline().getFirstChild().getTitle()).isEqualTo("North East");
            List<PDStructureElement> elements = new ArrayList<>();
            collect(catalog.getStructureTreeRoot(), elements);
            Set<String> kinds = new TreeSet<>();
            elements.forEach(element -> kinds.add(element.getStructureType()));
            assertThat(kinds).contains("H1", "H2", "Table", "TR", "TH", "TD", "L", "LI", "Figure", "P");
            assertThat(elements.stream()
                            .filter(element -> element.getStructureType().equals("Figure")))
                    .isNotEmpty()
                    .allSatisfy(figure ->
                            assertThat(figure.getAlternateDescription()).isNotBlank());
            for (PDPage page : pdf.getPages()) {
                for (COSName name : page.getResources().getFontNames()) {
                    assertThat(page.getResources().getFont(name).isEmbedded()).isTrue();
                }
            }
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("Every indicator of the social foundation")
                    .contains("HM Revenue & Customs")
                    .doesNotContain("NaN");
        }
        assertThat(release.resolve("pdf/index.pdf")).isNotEmptyFile();
    }

    @Test
    void reportAndIndexAreAccessibleAsPdfUaAsksForIt() throws Exception {
        Path release = UkFixture.write(folder);
        write(release, Locale.UK, "UKC");
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : List.of("UKC.pdf", "index.pdf")) {
            try (InputStream pdf = Files.newInputStream(release.resolve("pdf").resolve(file));
                    PDFAParser parser = Foundries.defaultInstance().createParser(pdf, PDFAFlavour.PDFUA_1);
                    PDFAValidator validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFUA_1, false)) {
                ValidationResult result = validator.validate(parser);
                assertThat(result.getTestAssertions().stream()
                                .filter(found -> found.getStatus() == TestAssertion.Status.FAILED)
                                .map(found -> found.getRuleId().getClause() + ": " + found.getMessage() + " at "
                                        + found.getLocation().getContext()))
                        .as(file)
                        .isEmpty();
                assertThat(result.isCompliant()).as(file).isTrue();
            }
        }
    }

    @Test
    void namesInOtherScriptsAndWithMarkupAreWrittenAsTheyAre() throws Exception {
        try (ReleaseFixture fixture = new ReleaseFixture(folder)) {
            fixture.region("R", "<b>Łódź</b> & \"Ζ\" Київ שלום", "NUTS1", null)
                    .region("LONG", "Longname ".repeat(60), "NUTS1", null)
                    .missing("R", "social", "food", "_Z", "<script>no source</script>")
                    .row(
                            "R",
                            "ecological",
                            "climate-change",
                            "co2-per-person",
                            48.45,
                            "t",
                            "ceiling",
                            0.95,
                            5000.0,
                            null)
                    .missing("LONG", "social", "food", "_Z", "none");
            fixture.write("{\"id\":\"r\"}");
        }
        write(folder, Locale.ENGLISH, "R", "LONG");
        try (PDDocument pdf = Loader.loadPDF(folder.resolve("pdf/R.pdf").toFile())) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("<b>Łódź</b> & \"Ζ\" Київ")
                    .contains("<script>no source</script>")
                    .contains("5,000%");
        }
        assertThat(folder.resolve("pdf/LONG.pdf")).isNotEmptyFile();
        try (var files = Files.list(folder.resolve("pdf"))) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().endsWith(".part"));
        }
    }

    private static void write(Path release, Locale locale, String... regions) {
        PageSettings settings = new PageSettings(
                locale, Set.of(regions), Outlines.NONE, Optional.of("eu-circular-economy"), true, Optional.empty());
        Pages.write(release, UkFixture.catalogue(), settings, (done, total) -> {});
    }

    private static void collect(PDStructureNode node, List<PDStructureElement> elements) {
        for (Object kid : node.getKids()) {
            if (kid instanceof PDStructureElement element) {
                elements.add(element);
                collect(element, elements);
            }
        }
    }

    @Test
    void aPageThatIsNotWellFormedIsRefused() {
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> PdfDocument.write("<html><p>", new ByteArrayOutputStream()))
                .isInstanceOf(java.io.IOException.class)
                .hasMessageContaining("cannot be rendered as PDF");
    }
}
