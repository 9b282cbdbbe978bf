package org.regionaldoughnut.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.time.Clock;
import java.util.Date;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The walls of the house: which module may see which, and what only one of them may use. */
class HouseRulesTest {
    private static final String HOUSE = "org.regionaldoughnut.";
    private static final String[] ROOMS = {
        HOUSE + "ingest..",
        HOUSE + "validate..",
        HOUSE + "harmonise..",
        HOUSE + "indicators..",
        HOUSE + "publish..",
        HOUSE + "report..",
        HOUSE + "schedule.."
    };
    private static final Set<String> SPARK_CLOCKS =
            Set.of("current_date", "current_timestamp", "now", "localtimestamp", "unix_timestamp", "curdate");

    private static JavaClasses production;

    @BeforeAll
    static void readTheHouse() {
        ImportOption noTestJars = location -> !location.contains("-tests.jar");
        production = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(noTestJars)
                .importPackages("org.regionaldoughnut");
    }

    @Test
    void roomsMeetInTablesAndDoNotSeeEachOther() {
        holds(slices().matching(HOUSE + "(*)..")
                .namingSlices("$1")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(resideInAPackage(HOUSE + "app.."), anyClass())
                .ignoreDependency(anyClass(), resideInAnyPackage(foundations()))
                .because("a room may use the foundations, never another room"));
    }

    @Test
    void theModelKnowsNoOtherModule() {
        holds(noClasses()
                .that()
                .resideInAPackage(HOUSE + "model..")
                .should()
                .dependOnClassesThat(resideInAPackage("org.regionaldoughnut..")
                        .and(DescribedPredicate.not(resideInAPackage(HOUSE + "model..")))));
    }

    @Test
    void foundationsDoNotSeeTheRoomsNorTheCommandLine() {
        holds(noClasses()
                .that()
                .resideInAnyPackage(foundations())
                .should()
                .dependOnClassesThat(resideInAnyPackage(ROOMS).or(resideInAPackage(HOUSE + "app.."))));
    }

    @Test
    void modulesFormNoCycle() {
        holds(slices().matching(HOUSE + "(*)..").should().beFreeOfCycles());
    }

    @Test
    void packagesFormNoCycle() {
        holds(slices().matching(HOUSE + "(**)").should().beFreeOfCycles());
    }

    @Test
    void whatReadsNoVolumesHasNoSpark() {
        holds(noClasses()
                .that()
                .resideInAnyPackage(
                        HOUSE + "model..",
                        HOUSE + "office..",
                        HOUSE + "ledger..",
                        HOUSE + "report..",
                        HOUSE + "schedule..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.spark..", "io.delta..", HOUSE + "lake..")));
    }

    @Test
    void onlyTheLakeKnowsDelta() {
        holds(noClassesOutside("lake").should().dependOnClassesThat(resideInAPackage("io.delta..")));
    }

    @Test
    void onlyTheLakeBuildsASession() {
        holds(noClassesOutside("lake")
                .should()
                .dependOnClassesThat(describe(
                        "build a Spark session",
                        type -> type.isEquivalentTo(SparkSession.Builder.class)
                                || type.getName().equals("org.apache.spark.SparkConf")))
                .orShould()
                .callMethod(SparkSession.class, "newSession")
                .orShould()
                .callMethod(SparkSession.class, "builder"));
    }

    @Test
    void onlyValidateKnowsDeequ() {
        holds(noClassesOutside("validate").should().dependOnClassesThat(resideInAPackage("com.amazon.deequ..")));
    }

    @Test
    void onlyTheCommandLineKnowsPicocli() {
        holds(noClassesOutside("app").should().dependOnClassesThat(resideInAPackage("picocli..")));
    }

    @Test
    void onlyTheScheduleKnowsQuartz() {
        holds(noClassesOutside("schedule").should().dependOnClassesThat(resideInAPackage("org.quartz..")));
    }

    @Test
    void timeEntersByAClock() {
        holds(classes()
                .that()
                .doNotHaveFullyQualifiedName(Doughnut.class.getName())
                .should(notAskTheMachineForTheTime())
                .because("what happens must depend on the clock it is given, so that a run can be repeated"));
    }

    private static void holds(ArchRule rule) {
        rule.check(production);
    }

    private static String[] foundations() {
        return new String[] {HOUSE + "model..", HOUSE + "office..", HOUSE + "ledger..", HOUSE + "lake.."};
    }

    private static GivenClassesConjunction noClassesOutside(String module) {
        return noClasses().that().resideOutsideOfPackage(HOUSE + module + "..");
    }

    private static DescribedPredicate<JavaClass> anyClass() {
        return DescribedPredicate.alwaysTrue();
    }

    private static ArchCondition<JavaClass> notAskTheMachineForTheTime() {
        return new ArchCondition<>("not ask the machine for the time") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                type.getCodeUnitAccessesFromSelf().stream()
                        .filter(HouseRulesTest::asksTheMachine)
                        .forEach(access -> events.add(SimpleConditionEvent.violated(access, access.getDescription())));
            }
        };
    }

    private static boolean asksTheMachine(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        boolean withoutClock = access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget unit
                && unit.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
        return owner.getPackageName().equals("java.time") && name.equals("now") && withoutClock
                || owner.isEquivalentTo(Clock.class)
                        && (name.startsWith("system") || name.startsWith("tick"))
                        && withoutClock
                || owner.isEquivalentTo(System.class) && name.equals("currentTimeMillis")
                || owner.isEquivalentTo(Date.class) && name.equals("<init>") && emptyParameters(access)
                || owner.getName().equals("org.apache.spark.sql.functions") && SPARK_CLOCKS.contains(name);
    }

    private static boolean emptyParameters(JavaAccess<?> access) {
        return access.getTarget() instanceof AccessTarget.CodeUnitAccessTarget unit
                && unit.getRawParameterTypes().isEmpty();
    }
}
