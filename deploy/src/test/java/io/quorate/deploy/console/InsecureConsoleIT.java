package io.quorate.deploy.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.deploy.cluster.LocalCluster;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The console of a cluster that others may reach without TLS. */
@Tag("browser")
final class InsecureConsoleIT {
    @RegisterExtension
    @Order(1)
    static final Browser BROWSER = new Browser();

    @RegisterExtension
    @Order(2)
    static final LocalCluster CLUSTER = LocalCluster.ofThree("insecureNetwork: i-understand\n");

    @Test
    void aRedStripSaysSoOnEachPageAndMovesNothing() {
        BROWSER.open(CLUSTER.node(1), "overview");
        for (String page : List.of("overview", "theatre", "nodes")) {
            BROWSER.go(page);
            BROWSER.awaitText("exposure", "Insecure network: n1, n2 and n3 have no TLS");
        }
        assertEquals(
                "fixed,0",
                BROWSER.run("const strip = document.getElementById('exposure');"
                        + "const top = () => document.getElementById('main').getBoundingClientRect().top;"
                        + "const before = top(); strip.hidden = true; const after = top(); strip.hidden = false;"
                        + "return getComputedStyle(strip).position + ',' + (after - before)"));
        assertEquals(List.of(), BROWSER.log());
    }
}
