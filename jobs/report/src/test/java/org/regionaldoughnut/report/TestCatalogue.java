package org.regionaldoughnut.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.regionaldoughnut.model.Direction;
import org.regionaldoughnut.model.Form;
import org.regionaldoughnut.model.Framework;
import org.regionaldoughnut.model.Framework.Dimension;
import org.regionaldoughnut.model.Framework.Ring;
import org.regionaldoughnut.model.Indicator;
import org.regionaldoughnut.model.Indicator.Slot;
import org.regionaldoughnut.model.Method;
import org.regionaldoughnut.office.Catalogue;

/** The doughnut's dimensions and a few indicators, built without conf/. */
final class TestCatalogue {
    private final Map<String, Indicator> indicators = new LinkedHashMap<>();

    static Framework doughnut() {
        return framework(
                "doughnut",
                "Doughnut of social and planetary boundaries",
                new Ring(
                        "social",
                        "Social foundation",
                        dimensions(
                                "Food",
                                "Health",
                                "Education",
                                "Income and work",
                                "Water",
                                "Energy",
                                "Connectivity",
                                "Housing",
                                "Equality",
                                "Social cohesion",
                                "Political voice",
                                "Peace and justice")),
                new Ring(
                        "ecological",
                        "Ecological ceiling",
                        dimensions(
                                "Climate change",
                                "Ocean acidification",
                                "Chemical pollution",
                                "Nutrient pollution",
                                "Air pollution",
                                "Freshwater disruption",
                                "Land conversion",
                                "Biodiversity breakdown",
                                "Ozone layer depletion")));
    }

    static Framework framework(String id, String title, Ring... rings) {
        return new Framework(id, title, Optional.empty(), "Raworth 2017", List.of(rings));
    }

    static List<Dimension> dimensions(String... titles) {
        return Arrays.stream(titles)
                .map(title -> new Dimension(id(title), title, Optional.empty(), Optional.empty()))
                .toList();
    }

    static String id(String title) {
        return title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
    }

    TestCatalogue indicator(String id, String title, String description, String unit, Slot... slots) {
        indicators.put(
                id,
                new Indicator(
                        id,
                        title,
                        description,
                        unit,
                        "",
                        "local-social",
                        Direction.LOWER,
                        "macro",
                        Form.SHARE,
                        "people",
                        Optional.empty(),
                        Optional.empty(),
                        Indicator.Kind.FORMULA,
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Indicator.RollUp.NONE,
                        Optional.empty(),
                        false,
                        Optional.empty(),
                        List.of(slots),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Method.PLAIN));
        return this;
    }

    Catalogue with(Framework... frameworks) {
        Map<String, Framework> byId = new LinkedHashMap<>();
        for (Framework framework : new ArrayList<>(List.of(frameworks))) {
            byId.put(framework.id(), framework);
        }
        return new Catalogue(indicators, Map.of(), byId);
    }
}
