package io.quorate.deploy.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/** Keys in the console: found, looked at, changed and deleted, while others do the same. */
@Tag("browser")
final class KeysConsoleIT {
    private static final String HTML =
            "<!doctype html><script>document.title = 'ran'</script>" + "<img src=x onerror=\"document.title = 'ran'\">";

    @RegisterExtension
    @Order(1)
    static final Browser BROWSER = new Browser();

    @RegisterExtension
    @Order(2)
    static final LocalCluster CLUSTER = LocalCluster.ofThree("");

    private final LocalNode n1 = CLUSTER.node(1);
    private final LocalNode n2 = CLUSTER.node(2);
    private final LocalNode n3 = CLUSTER.node(3);

    @BeforeEach
    void open() {
        BROWSER.open(n1, "overview");
        BROWSER.log();
    }

    @AfterEach
    void restart() {
        CLUSTER.startAndAwaitReady(n2, n3);
        CLUSTER.awaitUp(n1, 3);
    }

    private void put(String key, String type, String value) {
        String path = "/v1/kv/" + key;
        CLUSTER.client()
                .send(
                        CLUSTER.client().request(HttpMethod.PUT, n1, path).putHeader("Content-Type", type),
                        Buffer.buffer(value));
    }

    private String stored(String key) {
        return CLUSTER.client().get(n1, key).bodyAsString();
    }

    @Test
    void aKeyIsFoundInItsFoldersChangedAndDeletedWithoutAMouse() {
        put("app/users/ann", "text/plain", "old");
        put("app/zebra", "text/plain", "striped");
        BROWSER.go("keys");
        BROWSER.awaitTextOfOne("key-row", "app/users/ann");
        BROWSER.focus("keys-folders");
        BROWSER.press(Keys.SPACE);
        BROWSER.awaitTextOfOne("key-row", "▸app/");
        BROWSER.type("keys-prefix", "app/");
        BROWSER.press(Keys.ENTER);
        BROWSER.awaitTextOfOne("key-row", "▸users/\\nzebra");
        BROWSER.press(Keys.ENTER);
        BROWSER.awaitTextOfOne("key-row", "^ann");
        BROWSER.press(Keys.ARROW_LEFT);
        BROWSER.awaitTextOfOne("key-row", "▸users/\\nzebra");
        BROWSER.press(Keys.END);
        BROWSER.press(Keys.ENTER);
        BROWSER.awaitText("value", "^striped$");
        BROWSER.awaitText("entry-key", "app/zebra");

        BROWSER.focus("edit");
        BROWSER.press(Keys.ENTER);
        BROWSER.type("edit-value", "plain");
        BROWSER.type("ttl", "12h");
        BROWSER.focus("save");
        BROWSER.press(Keys.ENTER);
        BROWSER.awaitText("entry-said", "Saved");
        BROWSER.awaitText("entry", "in 11 h 59 min");
        assertEquals("plain", stored("app/zebra"));

        BROWSER.focus("delete");
        BROWSER.press(Keys.ENTER);
        assertEquals("Keep it", BROWSER.focused(), "nothing is deleted by one key too many");
        BROWSER.press(Keys.chord(Keys.SHIFT, Keys.TAB));
        BROWSER.press(Keys.ENTER);
        BROWSER.awaitText("entry-said", "Deleted");
        assertEquals(404, CLUSTER.client().get(n1, "app/zebra").statusCode());
        BROWSER.awaitTextOfOne("key-row", "zebradeleted");
    }

    @Test
    void whoIsTooLateSeesTheNewerValueAndOverwritesNothing() {
        put("race", "text/plain", "first\nsame");
        BROWSER.go("keys//race");
        BROWSER.click("edit");
        put("race", "text/plain", "theirs\nsame");
        BROWSER.type("edit-value", "mine\nsame");
        BROWSER.click("save");
        BROWSER.awaitText("entry-said", "Not applied: the key has changed");
        assertEquals("theirs\nsame", stored("race"));
        BROWSER.click("compare");
        BROWSER.awaitText("comparison", "stored: − theirs\\s+yours: \\+ mine\\s+same");

        BROWSER.click("keep-mine");
        assertEquals("theirs\nsame", stored("race"), "only the next save writes");
        BROWSER.click("save");
        BROWSER.awaitText("entry-said", "Saved");
        assertEquals("mine\nsame", stored("race"));
    }

    @Test
    void aStoredPageIsShownAsTextAndNeverRuns() {
        put("evil%2F%3Cimg%20src=x%20onerror=%22document.title='ran'%22%3E", "text/html", HTML);
        put("bytes", "application/octet-stream", "\u0000\u0001A");
        BROWSER.go("keys/evil");
        BROWSER.awaitTextOfOne("key-row", "evil/<img src=x");
        BROWSER.click("key-row");
        BROWSER.awaitText("value", "^<!doctype html><script>");
        for (String way : List.of("as-hex", "as-text")) {
            BROWSER.click(way);
        }
        assertEquals(0, BROWSER.count(".keyspace img, .keyspace script, [data-test=value] *"));
        BROWSER.click("edit");
        assertTrue(BROWSER.title().startsWith("Keys"), BROWSER.title());
        BROWSER.go("keys//bytes");
        BROWSER.awaitText("value", "^000000  00 01 41 .* \\.\\.A$");
        assertEquals(List.of(), BROWSER.log());
    }

    @Test
    void aLongValueIsReadInPartUntilSomebodyAsksForAll() {
        put("long", "text/plain", "0123456789".repeat(20_000) + "the end");
        BROWSER.go("keys//long");
        BROWSER.awaitText("value-note", "The first 16.4 kB of 200 kB");
        assertEquals(
                "true,16384",
                BROWSER.run("return [document.querySelector('[data-test=edit]').disabled,"
                        + " document.querySelector('[data-test=value]').textContent.length].join()"));
        BROWSER.click("load-all");
        BROWSER.awaitText("value", "the end$");
    }

    /** With a source inside the page, as 100,000 writes would take longer than the test. */
    @Test
    void aHundredThousandKeysAreFewElementsAndABoundedPart() {
        BROWSER.go("keys");
        assertEquals(
                "100,000 keys; rows true, kept true, first key 0, last key 99999",
                BROWSER.run("const { KeyList } = await import('/console/js/keyspace/list.js');"
                        + "const { Pages } = await import('/console/js/keyspace/pages.js');"
                        + "const source = { page: async (from = 0) => ({ looked: 500,"
                        + " rows: Array.from({ length: 500 }, (_, i) => ({ bytes: 'key ' + (from + i) })),"
                        + " next: from + 500 < 100000 ? from + 500 : undefined }) };"
                        + "const pages = new Pages(source); const list = new KeyList();"
                        + "document.getElementById('main').replaceChildren(list.element, list.foot);"
                        + "list.show(pages, { inFolders: false });"
                        + "const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));"
                        + "const end = async () => { list.element.scrollTop = list.element.scrollHeight;"
                        + " await frame(); };"
                        + "let rows = 0, kept = 0;"
                        + "for (let i = 0; i < 1000 && !pages.isDone; i++) { await end();"
                        + " rows = Math.max(rows, list.space.children.length);"
                        + " kept = Math.max(kept, pages.pages.filter((each) => each.rows).length); }"
                        + "await end(); await frame();"
                        + "const name = (i) => list.space.children[i].querySelector('.key-name').textContent;"
                        + "const last = name(list.space.children.length - 1);"
                        + "list.element.scrollTop = 0; await frame(); await frame();"
                        + "return `${list.state.textContent}; rows ${rows > 0 && rows < 80}, kept ${kept < 15},`"
                        + " + ` first ${name(0)}, last ${last}`;"));
    }

    @Test
    void withoutAQuorumNothingIsAppliedAndTheOutageIsOneLine() {
        put("kept", "text/plain", "old");
        BROWSER.go("keys//kept");
        BROWSER.click("edit");
        BROWSER.type("edit-value", "new");
        n2.kill();
        n3.kill();
        for (int i = 0; i < 3; i++) {
            BROWSER.click("save");
            BROWSER.awaitText("entry-said", "^Not applied|^Unknown");
        }
        BROWSER.awaitHeard(1, 3);
        BROWSER.click("save");
        BROWSER.awaitText("entry-said", "Not applied: the request was refused.*Nothing was applied");
        BROWSER.go("slow");
        BROWSER.awaitTextOfOne("outage", "refused.*n2 and n3 did not answer");
        int lines = BROWSER.count("tbody > tr");
        assertEquals(1, BROWSER.count("[data-test=outage]"));
        BROWSER.click("outage-requests");
        assertTrue(BROWSER.count("tbody > tr") > lines + 1);
    }

    @Test
    void theNodesPageShowsFewRowsUntilAGroupIsOpened() {
        BROWSER.go("nodes");
        BROWSER.awaitTextOfOne("fold", "At a glance");
        String shown = "return [...document.querySelectorAll('tbody tr')].filter((row) => row.offsetHeight > 0).length";
        int few = Integer.parseInt(BROWSER.run(shown));
        assertTrue(few < 20, () -> few + " rows");
        BROWSER.run("[...document.querySelectorAll('[data-test=fold]')].at(-1).click(); return 1");
        assertTrue(Integer.parseInt(BROWSER.run(shown)) > few);
    }

    @Test
    void theInspectorSaysHowFarACopyIsBehind() {
        n3.kill();
        CLUSTER.client().put(n1, "behind", "v");
        BROWSER.go("inspector/behind");
        BROWSER.awaitRun(
                "the cards",
                "return document.querySelector('.replicas')?.textContent ?? ''",
                "Written\\d\\d:\\d\\d:\\d\\d\\.\\d\\d\\dBytes1 B");
        assertEquals("0", BROWSER.run("return document.querySelectorAll('details[open] [data-test=version]').length"));
    }
}
