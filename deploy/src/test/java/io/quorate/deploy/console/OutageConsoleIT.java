package io.quorate.deploy.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The overview while one node is dead and another one stops: n2 and n3. */
@Tag("browser")
final class OutageConsoleIT {
    private static final double SHIFT_MAX = 0.05;
    private static final int FAILURES = 50;
    private static final long RED_WITHIN_MS = 1_000;

    /** What the headline says, each time that it changes, with the time. */
    private static final String WATCH_HEADLINE = "window.said = [];"
            + "const headline = document.querySelector('[data-test=margin]');"
            + "new MutationObserver(() => window.said.push(Date.now() + ' ' + headline.textContent))"
            + ".observe(headline, { childList: true, characterData: true, subtree: true });";

    private static final String WATCH_SHIFT = "window.shift = 0;"
            + "new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (window.shift += value)))"
            + ".observe({ type: 'layout-shift' }); return 1";

    @RegisterExtension
    @Order(1)
    static final Browser BROWSER = new Browser();

    @RegisterExtension
    @Order(2)
    static final LocalCluster CLUSTER = LocalCluster.ofThree("");

    private final LocalNode n1 = CLUSTER.node(1);
    private final LocalNode n3 = CLUSTER.node(3);

    @BeforeAll
    static void aNodeDies() {
        CLUSTER.node(2).kill();
        CLUSTER.awaitUp(CLUSTER.node(1), 2);
    }

    @AfterEach
    void restart() {
        n3.resume();
        CLUSTER.awaitUp(n1, 2);
    }

    @ParameterizedTest
    @CsvSource({"1280, 800", "1366, 768", "360, 740"})
    void theHeadlineIsRedWithinASecondOfTheFirstFailureAndThePageStaysWhereItIs(int width, int height) {
        BROWSER.resize(width, height);
        open();
        BROWSER.awaitText("margin", "can lose no more");
        BROWSER.run(WATCH_HEADLINE + WATCH_SHIFT);

        n3.pause();
        List<Long> failures = failures();
        BROWSER.awaitText("margin", "no quorum|requests fail");
        BROWSER.awaitState("node-n3", "silent|down");
        List<String> said =
                BROWSER.run("return window.said.join('\\n')").lines().toList();
        long redMs = said.stream()
                .filter(each -> !each.contains("can lose"))
                .mapToLong(each -> Long.parseLong(each.substring(0, each.indexOf(' '))))
                .min()
                .orElseThrow();
        assertTrue(redMs < failures.get(0) + RED_WITHIN_MS, () -> said + " but requests fail since " + failures.get(0));
        assertEquals(
                List.of(),
                said.stream().filter(each -> each.contains("can lose")).toList());
        assertNothingMoved();

        n3.resume();
        BROWSER.awaitText("margin", "can lose no more");
        open();
        BROWSER.awaitText("chart-said", "n3 (silent|down) at .*n3 up at");
    }

    @Test
    void theTableOfNodesStaysWhereItIs() {
        BROWSER.resize(1280, 800);
        BROWSER.open(n1, "nodes", 2);
        BROWSER.run(WATCH_SHIFT);

        n3.pause();
        awaitInTable("silent|down");
        n3.resume();
        awaitInTable("up");

        assertNothingMoved();
    }

    private static void awaitInTable(String state) {
        BROWSER.awaitRun(
                "n3 in the table", "return document.querySelector('thead [data-key=n3]')?.dataset.state ?? ''", state);
    }

    private static void assertNothingMoved() {
        double shift = Double.parseDouble(BROWSER.run("return window.shift"));
        assertTrue(shift < SHIFT_MAX, () -> "the page moves by " + shift);
    }

    private void open() {
        BROWSER.open(n1, "overview", 2);
    }

    /** When requests failed, until some have in a row. */
    private List<Long> failures() {
        List<Long> failedMs = new ArrayList<>();
        long endNs = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (failedMs.size() < FAILURES && System.nanoTime() < endNs) {
            if (CLUSTER.client().put(n1, "during the outage", "v").statusCode() >= 500) {
                failedMs.add(System.currentTimeMillis());
            } else {
                failedMs.clear();
            }
        }
        assertEquals(FAILURES, failedMs.size(), "requests go on without a majority");
        return failedMs;
    }
}
