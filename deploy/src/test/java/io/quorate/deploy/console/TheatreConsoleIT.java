package io.quorate.deploy.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.NodeId;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.fault.Faults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The quorum theatre on windows of several sizes: what is on stage, beside the step of the tour that is due. */
@Tag("browser")
final class TheatreConsoleIT {
    private static final double SHIFT_MAX = 0.05;

    /** Of a story; further steps change nothing. */
    private static final int STEPS_MAX = 30;

    @RegisterExtension
    @Order(1)
    static final Browser BROWSER = new Browser();

    @RegisterExtension
    @Order(2)
    static final LocalCluster CLUSTER = LocalCluster.ofThreeWithFaults("");

    private final LocalNode n1 = CLUSTER.node(1);
    private final LocalNode n3 = CLUSTER.node(3);

    @AfterEach
    void restart() {
        CLUSTER.inject(n1, Faults.NONE);
        CLUSTER.startAndAwaitReady(CLUSTER.node(2), n3);
        CLUSTER.awaitUp(n1, 3);
    }

    private void openTheatre() {
        BROWSER.open(n1, "theatre");
        BROWSER.awaitText("tour-now", "^Step 1 of 5");
    }

    private static void awaitOnStage(String pattern) {
        BROWSER.awaitRun(
                "the stage",
                "return document.querySelector('.theatre-show').textContent.replace(/\\s+/g, ' ')",
                pattern);
    }

    @ParameterizedTest
    @CsvSource({"1280, 800", "1366, 768", "360, 740"})
    void theStageAndTheStepOfTheTourAreSeenTogetherAndATourMovesNothing(int width, int height) {
        BROWSER.resize(width, height);
        openTheatre();
        BROWSER.run("window.shifts = []; new PerformanceObserver((list) => window.shifts.push(...list.getEntries()))"
                + ".observe({ type: 'layout-shift', buffered: true }); return 1");
        awaitOnStage("Nothing is on its way");
        assertSeenTogether();
        BROWSER.click("tour-act");
        BROWSER.awaitText("tour-now", "^Step 2 of 5");

        n3.kill();
        BROWSER.awaitRun(
                "n3 on the stage, before the next request",
                "return document.querySelector('[data-test=stage-n3]').dataset.now",
                "down");
        BROWSER.awaitText("tour-now", "^Step 3 of 5");
        BROWSER.click("tour-act");
        BROWSER.awaitText("tour-now", "^Step 4 of 5");
        awaitOnStage("2 acks of 3");
        assertSeenTogether();
        double shift =
                Double.parseDouble(BROWSER.run("return window.shifts.reduce((sum, { value }) => sum + value, 0)"));
        assertTrue(shift < SHIFT_MAX, () -> "the page moves by " + shift);
    }

    private static void assertSeenTogether() {
        assertEquals(
                "true,true,0",
                BROWSER.run("const seen = (selector) => { const { top, bottom, right } ="
                        + " document.querySelector(selector).getBoundingClientRect();"
                        + " return top >= 0 && bottom <= innerHeight && right <= innerWidth; };"
                        + "return [seen('.stage'), seen('[data-test=tour-now]'), scrollY].join()"));
    }

    @Test
    void spaceAndTheArrowsPlayAndStepAndEnterInTheFieldOfTheKeySends() {
        BROWSER.resize(1280, 800);
        openTheatre();
        BROWSER.type("put-key", "by enter");
        BROWSER.press(Keys.ENTER);
        BROWSER.awaitTextOfOne("theatre-request", "write by enter");
        awaitOnStage("write by enter");
        assertEquals(200, CLUSTER.client().get(n1, "by enter").statusCode());
        BROWSER.run("document.getElementById('main').focus(); return 1");
        BROWSER.awaitText("play", "Pause|Replay");
        boolean isPlaying = BROWSER.text("play").equals("Pause");
        BROWSER.press(Keys.SPACE);
        BROWSER.awaitText("play", isPlaying ? "Play" : "Pause");
        for (int i = 0; i < STEPS_MAX; i++) {
            BROWSER.press(Keys.ARROW_RIGHT);
        }
        BROWSER.awaitText("play", "Replay");
        BROWSER.press(Keys.ARROW_LEFT);
        BROWSER.awaitText("play", "^Play$");
    }

    @Test
    void followShowsTheNewestRequestAtOnce() {
        BROWSER.resize(1280, 800);
        openTheatre();
        CLUSTER.client().put(n1, "first", "v");
        awaitOnStage("write first");
        CLUSTER.client().put(n1, "second", "v");
        BROWSER.awaitTextOfOne("theatre-request", "write second");
        BROWSER.click("follow");
        awaitOnStage("write second");
    }

    @Test
    void aStepThatWouldTakeTheQuorumIsNotOffered() {
        BROWSER.resize(1280, 800);
        CLUSTER.node(2).kill();
        BROWSER.open(n1, "overview", 2);
        BROWSER.click("take-tour");
        BROWSER.awaitText("tour-now", "^Step 1 of 5");
        BROWSER.click("tour-act");
        BROWSER.awaitText("tour-now", "Not now: without n3, n1 would hear no majority");
        assertEquals(0, BROWSER.count("[data-test=tour-act]:enabled"));
        CLUSTER.startAndAwaitReady(CLUSTER.node(2));
        BROWSER.awaitText("tour-now", "Kill n3. No other node is notified");
    }

    /** Every request succeeds, and the view that reaches most has all three nodes up. */
    @Test
    void aNodeThatAloneHearsBothSidesOfACutIsNotOfferedAndNobodyIsAway() {
        BROWSER.resize(1280, 800);
        BROWSER.open(n1, "overview");
        CLUSTER.inject(n1, Faults.NONE.withCut(new NodeId("n2")));
        BROWSER.awaitRun(
                "the overview",
                "return document.querySelector('.margin-panel').textContent",
                "Everyone is here.*n1 and n2 do not hear each other");
        BROWSER.awaitState("node-n1", "up");
        BROWSER.awaitState("node-n2", "up");
        BROWSER.click("take-tour");
        BROWSER.awaitText("tour-now", "^Step 1 of 5");
        BROWSER.click("tour-act");
        BROWSER.awaitText("tour-now", "Not now: without n3, n1 and n2 would hear no majority");
        assertEquals(0, BROWSER.count("[data-test=tour-act]:enabled"));
        CLUSTER.inject(n1, Faults.NONE);
        BROWSER.awaitText("tour-now", "Kill n3. No other node is notified");
    }

    @Test
    void withFiveNodesThreeSuffice() {
        openTheatre();
        assertEquals(
                "Why three of five suffice; Three of five answers suffice.",
                BROWSER.run("const { majorities } = await import('/console/js/theatre/majorities.js');"
                        + "const { sentence } = await import('/console/js/theatre/sentences.js');"
                        + "const { stillness } = await import('/console/js/theatre/story.js');"
                        + "const ids = ['n1', 'n2', 'n3', 'n4', 'n5'];"
                        + "return majorities(ids).querySelector('h2').textContent + '; '"
                        + " + sentence(stillness(ids, 'n1'), 0).text.match(/[^.]*\\.$/)[0].trim()"));
    }
}
