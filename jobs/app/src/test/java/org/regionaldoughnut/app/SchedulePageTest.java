package org.regionaldoughnut.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.regionaldoughnut.report.Browser;
import org.regionaldoughnut.schedule.api.Api;
import org.regionaldoughnut.schedule.api.ApiSettings;
import org.regionaldoughnut.schedule.api.TryLogs;
import org.regionaldoughnut.schedule.engine.Engine;
import org.regionaldoughnut.schedule.engine.EngineSettings;
import org.regionaldoughnut.schedule.engine.Reports;
import org.regionaldoughnut.schedule.log.TaskLogs;
import org.regionaldoughnut.schedule.model.Pool;
import org.regionaldoughnut.schedule.model.Work;
import org.regionaldoughnut.schedule.pipeline.Pipelines;
import org.regionaldoughnut.schedule.store.ScheduleDatabase;
import org.regionaldoughnut.schedule.store.ScheduleStore;
import org.regionaldoughnut.schedule.task.Steps;
import org.regionaldoughnut.schedule.task.TaskRunner;

/** The scheduler's page as a browser shows it, over a whole node. Skipped without Chromium. */
class SchedulePageTest {
    @TempDir
    private static Path folder;

    private static Path flag;
    private static ScheduleStore store;
    private static Engine engine;
    private static Api api;
    private static Browser browser;

    @BeforeAll
    static void startNodeAndBrowser() throws Exception {
        browser = Browser.start(folder.resolve("profile"));
        var home = folder.resolve("home");
        OfficeCopy.copy(OfficeCopy.PROJECT.resolve("schemas/conf"), home.resolve("schemas/conf"));
        flag = folder.resolve("mended");
        pipeline(
                "greeting",
                """
                title: Greeting
                params: {word: hello}
                tasks:
                  say:
                    bash_command: echo "it says {{ params.word }}"
                  repeat:
                    bash_command: echo again
                    dependencies: [say]
                """);
        pipeline("fragile", "tasks: {only: {bash_command: test -e " + flag + "}}");
        pipeline("crowded", "tasks: {only: {bash_command: 'true', pool: none_free}}");
        pipeline("single", "max_active_runs: 1\ntasks: {only: {bash_command: 'true', pool: none_free}}");

        store = ScheduleDatabase.embedded(folder.resolve("schedule"), 16).open(Clock.systemUTC());
        store.pools().create(new Pool("none_free", 0, Optional.empty(), false));
        var logs = new TaskLogs(folder.resolve("logs"), store.clock(), 1 << 20);
        var steps = new NoSteps();
        engine = new Engine(
                store,
                false,
                new Pipelines(home, home.resolve("conf/sample"), ZoneOffset.UTC, steps.verbs()),
                new TaskRunner(steps, Work.Place.SESSION, folder, System.getenv(), Map.of()),
                steps,
                logs,
                EngineSettings.defaults().withGrace(Duration.ofSeconds(1)),
                new Reports() {});
        engine.start();
        TryLogs lines = (key, from, most) -> logs.lines(key, from, most).stream()
                .map(line -> new TryLogs.Line(line.at(), line.text()))
                .toList();
        api = Api.start(store, ApiSettings.loopback(0), lines, "test");
        var password = Api.firstAccount(store).orElseThrow();
        browser.open(URI.create(api.address()), 1200, 900, false);
        until("document.getElementById('username')");
        browser.evaluate(
                "document.getElementById('username').value = 'admin';" + "document.getElementById('password').value = '"
                        + password + "'; document.getElementById('password').focus()");
        browser.press("Enter");
        until("says('Pipelines') && says('Greeting')");
    }

    private static void pipeline(String id, String text) throws IOException {
        var pipelines = Files.createDirectories(folder.resolve("home/conf/sample/pipelines"));
        Files.writeString(pipelines.resolve(id + ".yaml"), "dag_id: " + id + "\nschedule: null\n" + text);
    }

    @AfterAll
    static void closeAll() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {browser, api, engine, store}) {
            if (part != null) {
                part.close();
            }
        }
    }

    private static final class NoSteps implements Steps {
        @Override
        public Set<String> verbs() {
            return Set.of();
        }

        @Override
        public int run(String name, List<String> arguments, Map<String, String> environment, Writer out, Writer err) {
            return 2;
        }

        @Override
        public void cancel(String name) {}

        @Override
        public List<String> fork() {
            return List.of();
        }

        @Override
        public List<String> submit() {
            return List.of();
        }
    }

    @BeforeEach
    void openTheList() throws Exception {
        go("/");
        until("says('Greeting')");
    }

    private static void go(String path) throws Exception {
        browser.evaluate("document.getElementById('dialog').close(); location.hash = '#" + path + "'");
    }

    /** Waits until the page has come to it; it renews itself every few seconds. */
    private static void until(String condition) throws Exception {
        var met =
                browser.evaluate("new Promise(done => { const says = text => document.getElementById('main').innerText"
                        + ".includes(text); const from = Date.now(); const look = () => { if (" + condition
                        + ") done(''); else if (Date.now() - from > 30000) done(document.body.innerText || 'nothing');"
                        + " else setTimeout(look, 50); }; look(); })");
        assertThat(met.asText()).as("the page when waiting for " + condition).isEmpty();
    }

    private static void click(String selector) throws Exception {
        browser.evaluate("document.querySelector('" + selector + "').click()");
    }

    private static void startRun(String dag) throws Exception {
        go("/dags/" + dag);
        until("document.querySelector('[data-key=\"trigger-" + dag + "\"]')");
        click("[data-key=\"trigger-" + dag + "\"]");
        until("document.getElementById('dialog').open");
        click("#dialog button[type=submit]");
        until("location.hash.includes('/runs/manual__')");
    }

    private static void noComplaints() {
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aRunIsStartedWithParametersAndIsSeenInGridGraphAndLog() throws Exception {
        go("/dags/greeting");
        until("document.querySelector('[data-key=\"trigger-greeting\"]')");
        click("[data-key=\"trigger-greeting\"]");
        until("document.getElementById('dialog').open");
        browser.evaluate("document.getElementById('f-conf').value = '{\"word\": \"good evening\"}'");
        click("#dialog button[type=submit]");
        until("location.hash.includes('/runs/manual__')");
        until("document.querySelectorAll('#main td .state').length === 2 && says('success')"
                + " && !says('running') && !says('queued') && !says('not started')");
        click("[data-key=\"task-say\"]");
        until("document.querySelector('.log') && document.querySelector('.log').textContent"
                + ".includes('it says good evening')");

        go("/dags/greeting");
        until("document.querySelectorAll('.grid .cell').length === 2");
        assertThat(browser.evaluate("[...document.querySelectorAll('.grid .cell')].map(c => c.title).join()")
                        .asText())
                .isEqualTo("say: success,repeat: success");
        go("/dags/greeting/graph");
        until("document.querySelectorAll('svg.graph rect').length === 2");
        assertThat(browser.evaluate("document.querySelectorAll('svg.graph path[marker-end]').length")
                        .asInt())
                .isOne();
        noComplaints();
    }

    @Test
    void aRunThatFailedIsDoneAgain() throws Exception {
        Files.deleteIfExists(flag);
        startRun("fragile");
        until("document.querySelector('.lead') && document.querySelector('.lead').innerText.includes('failed')");
        Files.createFile(flag);
        click("[data-key=\"clear\"]");
        until("document.getElementById('dialog').open");
        browser.evaluate(
                "[...document.querySelectorAll('#dialog button')].find(b => b.innerText.startsWith('Show')).click()");
        until("document.getElementById('dialog').innerText.includes('only')");
        click("#dialog button[type=submit]");
        until("document.querySelector('.lead') && document.querySelector('.lead').innerText.includes('success')");
        noComplaints();
    }

    @Test
    void aPipelineIsPausedAndUnpausedWithTheKeyboardAlone() throws Exception {
        browser.evaluate("document.querySelector('.brand').focus()");
        var reached = "";
        for (var i = 0; i < 60 && !reached.equals("pause-greeting"); i++) {
            browser.press("Tab");
            reached = browser.evaluate("document.activeElement.getAttribute('data-key') || ''")
                    .asText();
        }
        assertThat(reached).as("where Tab leads").isEqualTo("pause-greeting");
        browser.press("Enter");
        until("document.querySelector('[data-key=\"pause-greeting\"]').innerText.startsWith('Unpause')");
        assertThat(store.dags().require("greeting").paused()).isTrue();
        until("document.activeElement.getAttribute('data-key') === 'pause-greeting'");
        browser.press("Enter");
        until("document.querySelector('[data-key=\"pause-greeting\"]').innerText.startsWith('Pause')");
        assertThat(store.dags().require("greeting").paused()).isFalse();
        noComplaints();
    }

    @Test
    void thePageSaysWhyARunDoesNotStart() throws Exception {
        startRun("crowded");
        until("says('waiting for pool none_free: 0 of 0 slots')");
        startRun("single");
        startRun("single");
        until("says('max_active_runs reached: 1 of 1')");
        store.dags().setPaused("single", true);
        go("/dags/single");
        until("says('paused')");
        noComplaints();
    }

    @Test
    void everyViewPassesTheAccessibilityCheck() throws Exception {
        String axe;
        try (InputStream script = Browser.class.getResourceAsStream("/axe/axe.min.js")) {
            axe = new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
        browser.evaluate(axe + "; 0");
        for (var view : List.of(
                "/",
                "/runs",
                "/pools",
                "/assets",
                "/audit",
                "/dags/greeting",
                "/dags/greeting/graph",
                "/dags/greeting/backfills",
                "/dags/greeting/details")) {
            browser.evaluate("document.getElementById('main').replaceChildren()");
            go(view);
            until("document.querySelector('#main h1')");
            var violations = browser.evaluate(
                    "axe.run(document, {resultTypes: ['violations']}).then(result => result.violations.flatMap(v =>"
                            + " v.nodes.map(n => v.id + ': ' + n.html.slice(0, 160))).join('\\n"
                            + "'))");
            assertThat(violations.asText()).as(view).isEmpty();
        }
        noComplaints();
    }
}
