package io.quorate.deploy.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.ShellRun;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The console of a cluster whose users log in with tokens, and what others can do with the session of a browser. */
@Tag("browser")
final class LoginIT {
    /** Names that the browser resolves to this machine. */
    private static final String EVIL = "evil.test";

    private static final String REBOUND = "rebound.test";

    @RegisterExtension
    @Order(1)
    static final Browser BROWSER = new Browser(
            "--ignore-certificate-errors",
            "--host-resolver-rules=MAP " + EVIL + " 127.0.0.1, MAP " + REBOUND + " 127.0.0.1");

    @RegisterExtension
    @Order(2)
    static final LocalCluster CLUSTER = LocalCluster.ofThreeSecured("");

    private final LocalNode node = CLUSTER.node(1);
    private final KvClient client = CLUSTER.client();
    private final String api = "https://" + LocalNode.HOST + ":" + node.httpPort();

    @AfterEach
    void logOut() {
        BROWSER.visit("about:blank");
        BROWSER.visit(api + "/");
        BROWSER.run("await fetch('/v1/session', {method: 'DELETE'}); return 1");
    }

    /** Opens a page as somebody who has to log in for it. */
    private void logIn(String page, String token) {
        BROWSER.visit("about:blank");
        BROWSER.visit(api + "/#/" + page);
        BROWSER.awaitHeading("^Log in$");
        BROWSER.type("login-token", token);
        BROWSER.click("login-send");
    }

    /** Makes a principal, and waits until the node knows it. Returns its token. */
    private String newcomer(String name, String grants) {
        Path file = CLUSTER.folder().resolve(name + ".token");
        access("add-token " + name + " " + grants + " --out '" + file + "'");
        try {
            String token = Files.readString(file).strip();
            BROWSER.visit(api + "/");
            BROWSER.awaitRun(
                    "the new token",
                    "const ask = new XMLHttpRequest(); ask.open('GET', '/v1/session', false);"
                            + "ask.setRequestHeader('Authorization', 'Bearer " + token
                            + "'); ask.send(); return ask.status",
                    "200");
            return token;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void access(String command) {
        ShellRun run = ShellRun.of(
                Map.of(),
                "\"$Q\" access " + command + " --file '"
                        + CLUSTER.certificates().access() + "'");
        assertEquals(0, run.exitCode(), run::err);
    }

    private static String statusOf(String path, String init) {
        return BROWSER.run("return (await fetch('" + path + "', " + init + ")).status");
    }

    @Test
    void aUserLogsInIsShownMayDoWhatItsRolesAllowAndLogsOut() throws IOException {
        client.put(node, "app/a", "kept");
        String token = newcomer("ann", "--grant observe --grant read:app/");
        logIn("inspector/app%2Fa", "qrt_mistyped");
        BROWSER.awaitText("login-error", "No principal has this token");
        BROWSER.type("login-token", token);
        BROWSER.click("login-send");

        BROWSER.awaitHeard(3, 3);
        BROWSER.awaitHeading("^Key inspector$");
        BROWSER.awaitText("who", "^ann$");
        assertEquals("#/inspector/app%2Fa", BROWSER.run("return location.hash"), "the page that the user wanted");
        assertEquals("", BROWSER.run("return document.cookie"), "no script sees the cookie");
        assertEquals(
                "false,true,ann needs the role write for this key, and has observe, read:app/",
                BROWSER.run("const [read, write] = ['inspect', 'delete'].map((name) =>"
                        + "document.querySelector(`[data-test=\"${name}\"]`));"
                        + "return [read.disabled, write.disabled, write.title].join()"));
        BROWSER.type("inspect-key", "else");
        assertEquals("true", BROWSER.run("return document.querySelector('[data-test=\"inspect\"]').disabled"));
        assertEquals("200", statusOf("/v1/kv/app/a", "{}"));
        assertEquals("403", statusOf("/v1/kv/app/a", "{method: 'PUT', body: 'x'}"));
        assertEquals("403", statusOf("/v1/kv/else", "{}"));
        BROWSER.go("keys");
        BROWSER.awaitTextOfOne("key-row", "^app/a\\d");
        BROWSER.click("key-row");
        BROWSER.awaitText("value", "^kept$");
        assertEquals(
                "true,true,true",
                BROWSER.run("return ['edit', 'delete', 'new-key'].map((name) =>"
                        + "document.querySelector(`[data-test=\"${name}\"]`).disabled).join()"));
        BROWSER.go("convergence");
        BROWSER.awaitRun(
                "the button",
                "return document.querySelector('[data-test=\"hurry\"]')?.title ?? ''",
                "ann needs the role operate");

        BROWSER.click("log-out");
        BROWSER.awaitHeading("^Log in$");
        assertEquals("401", statusOf("/v1/cluster", "{}"));
        assertEquals("kept", client.get(node, "app/a").bodyAsString());
        String audit = Files.readString(node.folder().resolve("audit-n1.log"));
        assertTrue(audit.contains("\"what\":\"login\"") && audit.contains("\"what\":\"logout\""), audit);
        assertFalse(audit.contains(token) || audit.contains("mistyped"), "no secret in the audit");
    }

    @Test
    void aRevokedTokenEndsTheSessionAndTheAddressStays() {
        String token = newcomer("bob", "--grant observe");
        logIn("nodes", token);
        BROWSER.awaitHeard(3, 3);
        access("revoke bob");
        BROWSER.awaitHeading("^Log in$");
        BROWSER.awaitText("login", "Your session has ended");
        assertEquals("#/nodes", BROWSER.run("return location.hash"));
        assertFalse(BROWSER.has("who"), "the old name is gone");
        logIn("nodes", CLUSTER.certificates().token());
        BROWSER.awaitText("who", "^admin$");
    }

    @Test
    void aUserWithoutTheRoleObserveUsesTheInspectorAlone() {
        client.put(node, "app/seen", "value");
        logIn("inspector/app%2Fseen", newcomer("carl", "--grant read:app/"));
        BROWSER.awaitText("who", "^carl$");
        BROWSER.awaitRun("the notice", "return document.getElementById('notices').textContent", "the role observe");
        BROWSER.awaitRun("the value", "return document.getElementById('main').textContent", "value, from|● value");
    }

    /** Of every type that a browser may run. None of them is a page of the console's origin, with its session. */
    @Test
    void noStoredValueRunsWithTheSession() {
        String script = "document.title = 'ran'; fetch('/v1/kv/stolen', {method: 'PUT', body: 'x'});";
        String inXml = "<script xmlns=\"http://www.w3.org/1999/xhtml\">" + script + "</script>";
        Map<String, String> values = Map.of(
                "text/html", "<!doctype html><script>" + script + "</script><img src=x onerror=\"" + script + "\">",
                "image/svg+xml", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>" + script + "</script></svg>",
                "application/xhtml+xml",
                        "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body>" + inXml + "</body></html>",
                "text/xml", "<a>" + inXml + "</a>",
                "application/javascript", script,
                "application/octet-stream", "<!doctype html><script>" + script + "</script>");
        logIn("overview", CLUSTER.certificates().token());
        BROWSER.awaitHeard(3, 3);
        values.forEach((type, body) -> {
            String path = "/v1/kv/scripts/" + type;
            client.send(
                    client.request(HttpMethod.PUT, node, path).putHeader("Content-Type", type), Buffer.buffer(body));
            BROWSER.visit("about:blank");
            BROWSER.visit(api + path);
            assertFalse(BROWSER.title().contains("ran"), type);
            BROWSER.visit(api + "/");
            BROWSER.awaitText("who", "^admin$");
            assertTrue(BROWSER.run("return await import('" + path + "').then(() => 'ran', () => 'failed')")
                    .contains("failed"));
        });
        assertEquals(404, client.get(node, "stolen").statusCode());
    }

    @Test
    void noForeignPageUsesTheSession() {
        client.put(node, "secret", "s3cret");
        logIn("overview", CLUSTER.certificates().token());
        BROWSER.awaitText("who", "^admin$");
        try (ForeignSite site = new ForeignSite(0)) {
            for (String host : List.of(EVIL, LocalNode.HOST, "localhost")) {
                BROWSER.visit("http://" + host + ":" + site.port() + "/");
                String cookie = "credentials: 'include'";
                assertEquals("failed", fromOutside("/v1/kv/secret", cookie));
                assertEquals("failed", fromOutside("/v1/kv/forged", cookie + ", method: 'PUT', body: 'x'"));
                assertEquals("failed", fromOutside("/v1/session", cookie + ", method: 'DELETE'"));
                for (String path : List.of("/v1/batch", "/v1/session", "/v1/convergence/hurry")) {
                    String sent = fromOutside(path, cookie + ", method: 'POST', mode: 'no-cors', body: '{}'");
                    assertEquals("failed", sent, path);
                }
                for (String path : List.of("/v1/cluster", "/v1/kv/secret", "/v1/session", "/v1/slow")) {
                    assertEquals("refused", asScript(api + path), path);
                }
            }
        }
        assertEquals(404, client.get(node, "forged").statusCode());
        BROWSER.visit(api + "/");
        BROWSER.awaitText("who", "^admin$");
    }

    private String fromOutside(String path, String init) {
        return BROWSER.run("return await fetch('" + api + path + "', {" + init
                + "}).then((r) => r.type + r.status, () => 'failed')");
    }

    private static String asScript(String url) {
        return BROWSER.run("const script = document.createElement('script'); script.src = '" + url + "';"
                + "return await new Promise((done) => { script.onload = () => done('ran');"
                + " script.onerror = () => done('refused'); document.head.append(script); });");
    }

    /** The cookie belongs to the host of the node, and a node answers under no name but its own. */
    @Test
    void aNameThatIsMadeToPointToANodeGetsNoSession() {
        logIn("overview", CLUSTER.certificates().token());
        BROWSER.awaitText("who", "^admin$");
        BROWSER.visit("https://" + REBOUND + ":" + node.httpPort() + "/");
        assertTrue(BROWSER.source().contains("httpNames"), BROWSER.source());
        assertFalse(BROWSER.has("login"));
        BROWSER.visit(api + "/");
        BROWSER.awaitText("who", "^admin$");
    }
}
