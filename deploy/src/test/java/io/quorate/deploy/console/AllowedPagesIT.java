package io.quorate.deploy.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.deploy.cluster.LocalCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pages of another origin in a browser, one of which the option {@code allowedOrigins} lists. */
@Tag("browser")
final class AllowedPagesIT {
    private static final String OTHER = "other.test";
    private static final ForeignSite SITE = new ForeignSite(0);
    private static final String ALLOWED_ORIGIN = "http://localhost:" + SITE.port();

    @RegisterExtension
    @Order(1)
    static final Browser BROWSER = new Browser("--host-resolver-rules=MAP " + OTHER + " 127.0.0.1");

    @RegisterExtension
    @Order(2)
    static final LocalCluster CLUSTER = LocalCluster.ofThree("allowedOrigins: ['" + ALLOWED_ORIGIN + "']\n");

    private final String api = "http://127.0.0.1:" + CLUSTER.node(1).httpPort();

    @AfterAll
    static void close() {
        SITE.close();
    }

    @Test
    void anAllowedPageWritesReadsAndFollowsTheEvents() {
        BROWSER.visit(ALLOWED_ORIGIN + "/");

        assertEquals("201", stored());
        assertEquals(
                "mine true",
                BROWSER.run("const r = await fetch('" + api + "/v1/kv/page/a');"
                        + "return await r.text() + ' ' + r.headers.has('ETag')"));
        assertEquals("read", events());
        assertEquals(
                "1",
                BROWSER.run("const r = await fetch('" + api
                        + "/v1/kv?prefix=page/'); return (await r.json()).items.length"));
    }

    @Test
    void aPageThatIsNotListedDoesNothingOfThat() {
        BROWSER.visit("http://" + OTHER + ":" + SITE.port() + "/");

        assertEquals("failed", stored());
        assertEquals("failed", events());
    }

    private String stored() {
        return BROWSER.run("return await fetch('" + api + "/v1/kv/page/a', {method: 'PUT', body: 'mine',"
                + " headers: {'If-None-Match': '*'}}).then((r) => r.status, () => 'failed')");
    }

    /** What a page hears of the stream of events. The browser says no more than that it failed. */
    private String events() {
        return BROWSER.run("return await new Promise((done) => {"
                + "const events = new EventSource('" + api + "/v1/events');"
                + "events.onerror = () => { events.close(); done('failed'); };"
                + "events.addEventListener('hello', () => { events.close(); done('read'); }); });");
    }
}
