package io.quorate.deploy.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the console shows of replicas that agree by themselves. */
@Tag("browser")
final class ConvergenceConsoleIT {
    /** Before the cluster: without a browser there is no need of one. */
    @RegisterExtension
    @Order(1)
    static final Browser BROWSER = new Browser();

    @RegisterExtension
    @Order(2)
    static final LocalCluster CLUSTER = LocalCluster.ofThree("");

    private final LocalNode n1 = CLUSTER.node(1);
    private final LocalNode n3 = CLUSTER.node(3);

    @Test
    void aNodeIsAwayCatchesUpAndAgrees() {
        BROWSER.open(n1, "overview");
        n3.kill();
        CLUSTER.client().put(n1, "missed", "v");
        BROWSER.go("convergence");
        BROWSER.awaitText("agreement", "n3 does not answer");
        BROWSER.awaitText("missed-n3", "1");
        BROWSER.awaitText("kept-n3", "n1");
        BROWSER.go("theatre");
        BROWSER.awaitText("handoff", "n3 missed 1 key");

        CLUSTER.startAndAwaitReady(n3);
        BROWSER.awaitText("handoff", "n3 has what it missed: 1 key");
        BROWSER.go("convergence");
        BROWSER.awaitText("missed-n3", "0");
        BROWSER.click("hurry");
        BROWSER.awaitText("agreement", "All replicas agree");
        assertEquals(256, BROWSER.count("[data-test=slots] [data-age=minutes]"));
    }
}
