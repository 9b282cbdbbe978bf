package org.regionaldoughnut.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.regionaldoughnut.model.Framework.Ring;
import org.regionaldoughnut.model.Indicator.Slot;
import org.regionaldoughnut.office.Catalogue;

/** Twelve regions with the names of real indicators and invented figures: what a page looks like. */
final class UkFixture {
    private static final List<String> REGIONS = List.of(
            "UKC North East",
            "UKD North West",
            "UKE Yorkshire and The Humber",
            "UKF East Midlands",
            "UKG West Midlands",
            "UKH East of England",
            "UKI London",
            "UKJ South East",
            "UKK South West",
            "UKL Wales",
            "UKM Scotland",
            "UKN Northern Ireland");

    private record Social(
            String id,
            String title,
            String dimension,
            String unit,
            String form,
            Double floor,
            double least,
            double most,
            String period) {}

    private static final List<Social> SOCIAL = List.of(
            social("food-insecurity", "Food insecurity", "food", "% of households", null, 4, 11, "2019-04-01/P1Y"),
            social(
                    "no-second-measles-dose-at-5",
                    "No second measles dose at 5",
                    "health",
                    "% of children",
                    null,
                    5,
                    25,
                    "2019-04-01/P1Y"),
            social("road-deaths", "Road deaths", "health", "deaths per 100,000", 1.518, 1.4, 4.8, "2019"),
            social("unemployment", "Unemployment", "income-and-work", "% of labour force 16+", null, 2.5, 6.1, "2019"),
            social(
                    "unpaid-family-workers",
                    "Unpaid family workers",
                    "income-and-work",
                    "% of employees",
                    null,
                    0.2,
                    0.6,
                    "2019"),
            social("no-internet-use", "No internet use", "connectivity", "% of adults", null, 5, 13, "2019"),
            social("no-mobile-phone", "No mobile phone", "connectivity", "% of individuals", null, 2, 9, "2019"),
            social("women-among-managers", "Women among managers", "equality", "% women", 50.0, 32, 41, "2019"),
            social(
                    "gender-pay-gap",
                    "Gender pay gap",
                    "equality",
                    "% of men’s average hourly pay",
                    null,
                    4,
                    21,
                    "2019"),
            social(
                    "feels-unsafe-after-dark",
                    "Feels unsafe after dark",
                    "peace-and-justice",
                    "% of adults 16+",
                    null,
                    12,
                    29,
                    "2019-04-01/P1Y"),
            social(
                    "cannot-influence-local-decisions",
                    "Cannot influence local decisions",
                    "political-voice",
                    "% of adults",
                    null,
                    68,
                    80,
                    "2019-04-01/P1Y"));

    private UkFixture() {}

    private static Social social(
            String id, String title, String dimension, String unit, Double floor, double least, double most, String p) {
        return new Social(id, title, dimension, unit, floor == null ? "share" : "threshold", floor, least, most, p);
    }

    static Catalogue catalogue() {
        TestCatalogue catalogue = new TestCatalogue();
        for (Social s : SOCIAL) {
            catalogue.indicator(
                    s.id(),
                    s.title(),
                    "Invented here to see the page: " + s.title().toLowerCase(java.util.Locale.ROOT) + ".",
                    s.unit(),
                    new Slot("doughnut", "social", s.dimension(), true));
        }
        return catalogue
                .indicator(
                        "co2-per-person",
                        "CO₂ per person",
                        "CO₂ of all sectors divided by population.",
                        "t CO₂ per person",
                        new Slot("doughnut", "ecological", "climate-change", true),
                        new Slot("eight-capitals", "_Z", "natural", true))
                .indicator(
                        "built-up-land",
                        "Built-up land",
                        "Area under buildings and roads.",
                        "% of land",
                        new Slot("doughnut", "ecological", "land-conversion", true))
                .indicator(
                        "pm25",
                        "Fine particles",
                        "Population-weighted yearly mean.",
                        "µg/m³",
                        new Slot("doughnut", "ecological", "air-pollution", true))
                .indicator(
                        "export-diversity",
                        "Diversity of exports",
                        "Shannon entropy of exports over the sections of goods.",
                        "bits",
                        new Slot("regenerative-cluster", "_Z", "resilience", true))
                .indicator(
                        "import-dependency",
                        "Goods imports per person",
                        "Imports of goods by population.",
                        "GBP per person",
                        new Slot("regenerative-cluster", "_Z", "resilience", false),
                        new Slot("eight-capitals", "_Z", "financial", false))
                .indicator(
                        "trade-in-goods",
                        "Trade in goods",
                        "Exports and imports together.",
                        "GBP",
                        new Slot("eight-capitals", "_Z", "financial", true))
                .indicator(
                        "recycling-rate",
                        "Household waste recycled",
                        "Share of household waste sent to recycling.",
                        "% of household waste",
                        new Slot("eu-circular-economy", "_Z", "waste-management", true),
                        new Slot("regenerative-cluster", "_Z", "circularity", true))
                .indicator(
                        "smoking",
                        "Smoking",
                        "Adults who smoke cigarettes now.",
                        "% of adults 18+",
                        new Slot("doughnut", "social", "health", false))
                .with(
                        TestCatalogue.doughnut(),
                        TestCatalogue.framework(
                                "regenerative-cluster",
                                "Regenerative cluster: five pillars",
                                new Ring(
                                        "_Z",
                                        "",
                                        TestCatalogue.dimensions(
                                                "Circularity",
                                                "Resilience",
                                                "Social equity",
                                                "Ecological regeneration",
                                                "Innovation"))),
                        TestCatalogue.framework(
                                "eight-capitals",
                                "Eight capitals",
                                new Ring(
                                        "_Z",
                                        "",
                                        TestCatalogue.dimensions(
                                                "Natural",
                                                "Financial",
                                                "Manufactured",
                                                "Digital",
                                                "Human",
                                                "Social",
                                                "Political",
                                                "Cultural"))),
                        TestCatalogue.framework(
                                "eu-circular-economy",
                                "EU circular economy monitoring",
                                new Ring(
                                        "_Z",
                                        "",
                                        TestCatalogue.dimensions(
                                                "Production and consumption",
                                                "Waste management",
                                                "Secondary raw materials",
                                                "Competitiveness and innovation",
                                                "Global sustainability and resilience"))));
    }

    static Path write(Path release) throws SQLException, IOException {
        try (ReleaseFixture fixture = new ReleaseFixture(release)) {
            fixture.region("UK", "United Kingdom", "NUTS0", null);
            Random random = new Random(20191);
            for (String region : REGIONS) {
                String code = region.substring(0, 3);
                fixture.region(code, region.substring(4), "NUTS1", "UK");
                region(fixture, code, random);
            }
            Files.writeString(release.resolve("dictionary.json"), dictionary());
            Files.writeString(
                    Files.createDirectories(release.resolve("conf/schemas/codelists"))
                            .resolve("breakdowns.csv"),
                    "dimension,code,title\nSEX,F,Women\nAGE,Y_GE15,Aged 15 or more\n");
            return fixture.write(json());
        }
    }

    private static void region(ReleaseFixture fixture, String code, Random random) throws SQLException {
        double[] gaps = new double[SOCIAL.size()];
        int n = 0;
        for (Social s : SOCIAL) {
            boolean english = s.dimension().equals("political-voice") && "UKL UKM UKN".contains(code)
                    || s.dimension().equals("peace-and-justice") && "UKM UKN".contains(code);
            if (english) {
                fixture.missing(code, "social", s.dimension(), s.id(), "the publisher has no figure for this region");
                continue;
            }
            double value = Math.round((s.least() + random.nextDouble() * (s.most() - s.least())) * 10) / 10.0;
            double gap = s.floor() == null
                    ? value
                    : s.id().equals("road-deaths")
                            ? 100 * Math.max(0, (value - s.floor()) / (6.41 - s.floor()))
                            : 100 * (s.floor() - value) / s.floor();
            boolean pay = s.id().equals("gender-pay-gap");
            gaps[n] = gap;
            n += pay ? 0 : 1;
            if (s.period().equals("2019")) {
                past(fixture, code, s.id(), value, s.unit(), random);
            }
            fixture.figure(code, s.id(), s.period(), value, s.unit());
            fixture.row(
                    code,
                    "social",
                    s.dimension(),
                    s.id(),
                    value,
                    s.unit(),
                    s.form(),
                    s.floor(),
                    gap,
                    pay ? "the file does not say whether pay is a mean or a median" : null);
        }
        fixture.missing(code, "social", "education", "_Z", "no source of the office holds it for all regions");
        fixture.missing(code, "social", "housing", "_Z", "no source of the office holds it for all regions");
        double[] sorted = Arrays.copyOf(gaps, n);
        Arrays.sort(sorted);
        fixture.median(code, "social", sorted[n / 2], sorted[n / 4], sorted[3 * n / 4], n, 12, null);
        double co2 = Math.round((3.2 + random.nextDouble() * 5) * 100) / 100.0;
        past(fixture, code, "co2-per-person", co2, "t CO₂ per person", random);
        fixture.figure(code, "co2-per-person", "2019", co2, "t CO₂ per person");
        fixture.row(
                code,
                "ecological",
                "climate-change",
                "co2-per-person",
                co2,
                "t CO₂ per person",
                "ceiling",
                0.95,
                (co2 / 0.95 - 1) * 100,
                "emissions of end users stand in for those of consumption, which are not published by region");
        double land = 6 + random.nextInt(16);
        fixture.figure(code, "built-up-land", "2018", land, "% of land");
        fixture.row(
                code,
                "ecological",
                "land-conversion",
                "built-up-land",
                land,
                "% of land",
                "ceiling",
                9.0,
                (land / 9 - 1) * 100,
                null);
        double air = 7 + random.nextInt(5);
        fixture.figure(code, "pm25", "2019", air, "µg/m³");
        fixture.row(
                code, "ecological", "air-pollution", "pm25", air, "µg/m³", "ceiling", 5.0, (air / 5 - 1) * 100, null);
        fixture.median(
                code, "ecological", null, null, null, 2, 9, "fewer than half of the ring's dimensions have a figure");
        fixture.trend(
                code, "ecological", "co2-per-person", -8 + random.nextDouble(), 0.9, (co2 / 0.95 - 1) * 100, true);
        fixture.trend(code, "social", "no-internet-use", -0.2 + random.nextDouble() / 10, 0.3, 8, false);
        fixture.under("other-set", code, "ecological", "co2-per-person", (co2 / 1.61 - 1) * 100);
        fixture.under("other-set", code, "social", "_T", 7.0);
        fixture.part(code, "no-internet-use", "AGE=Y_GE15;SEX=F", 7 + random.nextDouble(), "% of adults");
        fixture.part(code, "no-internet-use", "AGE=Y_GE15;SEX=M", 6 + random.nextDouble(), "% of adults");
        fixture.capital(code, "natural", "co2-per-person", co2, "t CO₂ per person");
        fixture.capital(code, "financial", "trade-in-goods", 2e10 + random.nextDouble() * 4e10, "GBP");
        fixture.capital(code, "financial", "import-dependency", null, "GBP per person");
        fixture.figure(code, "export-diversity", "2019", 2 + random.nextDouble(), "bits");
        fixture.figure(code, "import-dependency", "2019", 4000 + random.nextDouble() * 4000, "GBP per person");
        fixture.figure(code, "trade-in-goods", "2019", 2e10 + random.nextDouble() * 4e10, "GBP");
        fixture.figure(code, "recycling-rate", "2019-04-01/P1Y", 35 + random.nextDouble() * 20, "% of household waste");
        fixture.figure(code, "smoking", "2019", 12 + random.nextDouble() * 5, "% of adults 18+");
    }

    /** The years before 2019, back to it from a larger figure. */
    private static void past(
            ReleaseFixture fixture, String code, String indicator, double value, String unit, Random random)
            throws SQLException {
        for (int year = 2010; year < 2019; year++) {
            double factor = 1 + (2019 - year) * 0.05 + random.nextDouble() * 0.1;
            fixture.figure(code, indicator, "" + year, Math.round(value * factor * 100) / 100.0, unit);
        }
    }

    private static String dictionary() {
        return """
                {"tables": [{"name": "indicators", "title": "Indicators by region", "rows": 1234,
                  "key": ["indicator", "region"], "columns": [
                  {"name": "indicator", "type": "string", "description": "Indicator of the <catalogue>."},
                  {"name": "obs_status", "type": "string", "codelist": "obs-status", "description": "Its status."},
                  {"name": "value", "type": "number", "unit": "as the column unit says", "description": "The figure."}]}],
                 "codelists": {"obs-status": [{"code": "A", "title": "Normal value"}, {"code": "Q", "title": "Suppressed"}]},
                 "indicators": []}
                """;
    }

    private static String json() {
        String input = "{\"source\":\"%s\",\"title\":\"%s\",\"publisher\":\"%s\",\"licence\":\"OGL-UK-3.0\","
                + "\"published\":\"%s\",\"url\":\"https://www.gov.uk/\",\"attribution\":\"Contains public sector"
                + " information licensed under the Open Government Licence v3.0.\"}";
        return "{\"id\":\"sample-2026-11-23-1\",\"office\":\"sample\",\"title\":\"United Kingdom, NUTS 1\","
                + "\"created\":\"2026-11-23T17:00:00Z\",\"state\":\"published\",\"boundary_set\":\"test-set\",\"inputs\":["
                + input.formatted(
                        "hmrc-rts", "Regional trade in goods statistics 2019", "HM Revenue & Customs", "2020-10-15")
                + ","
                + input.formatted(
                        "la-co2",
                        "Local authority carbon dioxide emissions 2005 to 2019",
                        "Department for Business, Energy & Industrial Strategy",
                        "2021-06-24")
                + ","
                + input.formatted(
                        "ons-sdg",
                        "Sustainable Development Goals, regional indicators",
                        "Office for National Statistics",
                        "2022-03-01")
                + "],\"waivers\":[{\"source\":\"ons-sdg\",\"rule\":\"social-1\",\"reason\":\"Two tables come later\","
                + "\"by\":\"A. Clerk\",\"granted\":\"2026-11-20T10:00:00Z\",\"until\":\"2026-12-31\"}]}";
    }
}
