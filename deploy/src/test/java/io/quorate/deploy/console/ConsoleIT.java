package io.quorate.deploy.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.LongHandoff;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** The console as somebody sees it who breaks a cluster and watches. */
@Tag("browser")
final class ConsoleIT {
    private static final List<String> PAGES = List.of(
            "Overview", "Quorum theatre", "Keys", "Key inspector", "Nodes", "Convergence", "Faults", "Slow and failed");
    private static final List<String> MISSED = List.of("missed 1", "missed 2", "missed 3", "missed 4", "missed 5");
    private static final List<String> WHOLE = List.of("whole 1", "whole 2", "whole 3", "whole 4", "whole 5");
    private static final List<String> ALONE = List.of("alone 1", "alone 2", "alone 3", "alone 4", "alone 5");
    private static final int STEPS_MAX = 12;
    private static final int STORY_STEPS_MAX = 30;
    private static final int LOAD_STEPS = 200;

    /** Before the cluster: without a browser there is no need of one. */
    @RegisterExtension
    @Order(1)
    static final Browser BROWSER = new Browser();

    @RegisterExtension
    @Order(2)
    static final LocalCluster CLUSTER = LocalCluster.ofThree(LongHandoff.OPTIONS);

    private final LocalNode n1 = CLUSTER.node(1);
    private final LocalNode n2 = CLUSTER.node(2);
    private final LocalNode n3 = CLUSTER.node(3);

    @AfterEach
    void restart() {
        CLUSTER.startAndAwaitReady(n1, n2, n3);
        CLUSTER.awaitUp(n1, 3);
    }

    @Test
    void aNodesDeathShowsInTheMarginAndTheAcksAndItsReturnInARepair() {
        open(n1);
        BROWSER.awaitText("margin", "can lose (1|one) more");
        writeUntilItShows("3 acks", WHOLE);
        assertEquals(List.of(), BROWSER.log());

        n3.kill();
        BROWSER.go("overview");
        BROWSER.awaitState("node-n3", "down");
        BROWSER.awaitText("margin", "can lose no more");
        writeUntilItShows("2 acks", ALONE);
        LongHandoff.prepare(CLUSTER.client(), n1);
        MISSED.forEach(key -> CLUSTER.client().put(n1, key, "v"));

        CLUSTER.startAndAwaitReady(n3);
        CLUSTER.awaitUp(n1, 3);
        BROWSER.go("overview");
        BROWSER.awaitState("node-n3", "up");
        BROWSER.go("theatre");
        readUntilARepairShows();
        stepToTheQuorum();
        Pictures.take(BROWSER, "console-theatre", 1440, 880);
        BROWSER.go("overview");
        putSomeLoadOnAllNodes();
        Pictures.take(BROWSER, "console-overview", 1280, 820);
        assertEquals(List.of(), complaintsBesidesTheLossOf(n3));
    }

    /** The last one of the story: of the repair, unless the answer did not wait for that. */
    private static void stepToTheQuorum() {
        BROWSER.run("document.getElementById('main').focus(); return 1");
        for (int i = 0; i < STORY_STEPS_MAX; i++) {
            BROWSER.press(Keys.ARROW_RIGHT);
        }
        for (int i = 0; i < STORY_STEPS_MAX && !caption().matches("Repair.*|Quorum.*"); i++) {
            BROWSER.press(Keys.ARROW_LEFT);
        }
    }

    private static String caption() {
        return BROWSER.run("return document.querySelector('.caption-title').textContent");
    }

    private void putSomeLoadOnAllNodes() {
        ClosedLoop load = ClosedLoop.start(2, client -> {
            for (LocalNode node : List.of(n1, n2, n3)) {
                CLUSTER.client().put(node, "load/" + client, "v");
                CLUSTER.client().get(node, "load/" + client);
            }
        });
        load.awaitFurther(LOAD_STEPS);
        load.stop();
    }

    @Test
    void thePageSurvivesTheNodeThatServedIt() {
        open(n2);
        BROWSER.awaitText("margin", "can lose (1|one) more");
        n2.kill();
        BROWSER.awaitState("node-n2", "down");
        BROWSER.awaitText("margin", "can lose no more");
        BROWSER.awaitHeard(2, 3);
        BROWSER.go("theatre");
        CLUSTER.client().put(n3, "from afar", "v");
        BROWSER.awaitTextOfOne("theatre-request", "write from afar");
        CLUSTER.startAndAwaitReady(n2);
        BROWSER.go("overview");
        BROWSER.awaitText("margin", "can lose (1|one) more");
        BROWSER.awaitHeard(3, 3);
        assertEquals(List.of(), complaintsBesidesTheLossOf(n2));
    }

    /** In doubt the worst view that is fresh counts, and failures count most. */
    @Test
    void theMarginIsWhatTheWorstFreshViewSays() {
        open(n1);
        assertEquals("good: can lose 2 more nodes", standing("v(1, true, 2, 0), v(2, true, 2, 500)", ""));
        assertEquals("warn: can lose no more nodes", standing("v(1, true, 1, 0), v(2, true, 0, 0)", ""));
        assertEquals("good: can lose 1 more node", standing("v(1, true, 1, 0), v(3, true, 0, 2600)", ""));
        assertEquals("bad: n3 refuses requests: no quorum", standing("v(1, true, 1, 0), v(3, false, 0, 0)", ""));
        assertEquals("bad: no quorum: requests are refused", standing("v(1, false, 0, 0), v(2, true, 1, 9000)", ""));
        assertEquals("bad: no member says anything", standing("v(1, true, 1, 9000)", ""));
        assertEquals("bad: requests fail, through n1", standing("v(1, true, 1, 0)", "r(1, 'unknown', 100)"));
        assertEquals("good: can lose 1 more node", standing("v(1, true, 1, 0)", "r(1, 'unknown', 3100)"));
        assertEquals("good: can lose 1 more node", standing("v(1, true, 1, 0)", "r(1, 'condition failed', 0)"));
    }

    /** @param views number, quorum, how many can be lost, and how many milliseconds ago */
    private static String standing(String views, String requests) {
        return BROWSER.run("const { standing } = await import('/console/js/standing.js');"
                + "const v = (id, hasQuorum, canLose, age) =>"
                + " ({ at: 10000 - age, view: { coordinator: 'n' + id, hasQuorum, canLose } });"
                + "const r = (id, outcome, age) => ({ node: 'n' + id, outcome, cameAt: 10000 - age });"
                + "const { tone, title } = standing([" + views + "], [" + requests + "], 10000);"
                + "return tone + ': ' + title;");
    }

    @Test
    void everyPageIsReachedWithoutAMouse() {
        open(n1);
        for (String page : PAGES) {
            // A page takes the focus when it opens; the links are in front of it.
            CharSequence step = page.equals(PAGES.get(0)) ? Keys.TAB : Keys.chord(Keys.SHIFT, Keys.TAB);
            for (int i = 0; i < STEPS_MAX && !BROWSER.focused().equals(page); i++) {
                BROWSER.press(step);
            }
            assertEquals(page, BROWSER.focused());
            BROWSER.press(Keys.ENTER);
            BROWSER.awaitHeading(page);
        }
        List<String> complaints =
                BROWSER.log().stream().filter(line -> !isOffHere(line)).toList();
        assertEquals(List.of(), complaints);
    }

    /** A read waits 100 ms for a replica that came back, and no longer: on a busy machine not each of them shows it. */
    private static void readUntilARepairShows() {
        for (String key : MISSED) {
            BROWSER.type("put-key", key);
            BROWSER.click("get-send");
            BROWSER.awaitTextOfOne("theatre-request", "read " + key);
            if (BROWSER.has("theatre-repaired")) {
                break;
            }
        }
        BROWSER.awaitText("theatre-repaired", "n3");
    }

    private static void open(LocalNode node) {
        BROWSER.open("http://" + LocalNode.HOST + ":" + node.httpPort() + "/", 3);
        BROWSER.log();
    }

    /** A node that has no time to beat its heart is not asked: on a busy machine another write has to show it. */
    private static void writeUntilItShows(String acks, List<String> keys) {
        BROWSER.go("theatre");
        for (String key : keys) {
            BROWSER.type("put-key", key);
            BROWSER.click("put-send");
            BROWSER.awaitTextOfOne("theatre-request", "write " + key);
            if (BROWSER.text("theatre-acks").contains(acks)) {
                break;
            }
        }
        BROWSER.awaitText("theatre-acks", acks);
    }

    /** That the page could not reach the node is all that it may complain about. */
    private static List<String> complaintsBesidesTheLossOf(LocalNode node) {
        Predicate<String> loss = line -> line.contains(":" + node.httpPort() + "/") && line.contains("net::ERR_");
        List<String> complaints = BROWSER.log();
        assertTrue(complaints.stream().anyMatch(loss), "the browser's log is not read");
        return complaints.stream().filter(loss.negate()).toList();
    }

    /** Faults are for clusters that are started for them. */
    private static boolean isOffHere(String line) {
        return line.contains("/v1/faults") && line.contains("404");
    }
}
