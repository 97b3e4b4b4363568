package io.quorate.deploy.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CurlTest {
    private static final Endpoint N1 = new Endpoint("127.0.0.1", 7001);

    @Test
    void aReadIsAPlainUrl() {
        assertEquals(
                "curl -sS -o 'my file' http://127.0.0.1:7001/v1/kv/a%20b",
                Curl.of(N1, Call.get("/v1/kv/a%20b"), Optional.of(Path.of("my file"))));
    }

    @Test
    void aQueryAndAnAddressOfIpv6AreQuoted() {
        assertEquals(
                "curl -sS -g 'http://[::1]:7001/v1/kv?limit=1&reverse=true'",
                Curl.of(new Endpoint("::1", 7001), Call.get("/v1/kv?limit=1&reverse=true"), Optional.empty()));
    }

    @Test
    void anEndpointWithTlsNamesTheFiles() {
        ClientTls tls = new ClientTls(
                Optional.of(Path.of("my ca.crt")), Optional.of(Path.of("a.crt")), Optional.of(Path.of("a.key")));
        assertEquals(
                "curl -sS --cacert 'my ca.crt' --cert a.crt --key a.key https://127.0.0.1:7001/v1/kv/a",
                Curl.of(N1.withTls(), tls, ClientToken.NONE, Call.get("/v1/kv/a"), Optional.empty()));
        assertEquals(
                "curl -sS http://127.0.0.1:7001/v1/kv/a",
                Curl.of(N1, tls, ClientToken.NONE, Call.get("/v1/kv/a"), Optional.empty()));
    }

    @Test
    void aKeyOfDotsStaysWhatItIs() {
        assertEquals(
                "curl -sS --path-as-is http://127.0.0.1:7001/v1/kv/a/../b",
                Curl.of(N1, Call.get("/v1/kv/a/../b"), Optional.empty()));
        assertEquals(
                "curl -sS http://127.0.0.1:7001/v1/kv/a..b", Curl.of(N1, Call.get("/v1/kv/a..b"), Optional.empty()));
    }

    @Test
    void bodiesAreSentByteForByte() {
        assertEquals("--data-raw @value", body(new Payload.Text("@value")));
        assertEquals("--data-raw 'it'\\''s'", body(new Payload.Text("it's")));
        assertEquals("--data-binary '@a b'", body(new Payload.File(Path.of("a b"))));
        assertEquals("--data-binary @-", body(new Payload.StandardInput()));
    }

    @Test
    void aShellGivesEveryWordBackAsItWas() throws Exception {
        List<String> words =
                List.of("", "a b", "it's", "$HOME `id` \\ \"", "a\nb", "*?[]{}", "~", "!x", "#", "gr\u00fc\u00dfe");
        String line = words.stream().map(Curl::quoted).collect(Collectors.joining(" "));
        Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\0' " + line).start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(words, List.of(said.split("\0", -1)).subList(0, words.size()));
    }

    private static String body(Payload payload) {
        String line = Curl.of(N1, Call.change("PUT", "/k", Optional.of(payload), ""), Optional.empty());
        return line.replace("curl -sS -X PUT ", "").replace(" http://127.0.0.1:7001/k", "");
    }

    /** A command line is no place for a secret. The shell puts it in. */
    @Test
    void aTokenIsLeftToTheShellAndGoesByTlsOnly() {
        ClientToken token = ClientToken.of("qrt_secret");
        Call get = Call.get("/v1/kv/a");
        assertEquals(
                "curl -H \"Authorization: Bearer $QUORATE_TOKEN\" -sS https://127.0.0.1:7001/v1/kv/a",
                Curl.of(N1.withTls(), ClientTls.NONE, token, get, Optional.empty()));
        assertEquals(
                "curl -sS http://127.0.0.1:7001/v1/kv/a", Curl.of(N1, ClientTls.NONE, token, get, Optional.empty()));
        assertEquals(Optional.empty(), token.header(N1));
        assertEquals(Optional.of("Bearer qrt_secret"), token.header(N1.withTls()));
        assertEquals("a token", token.toString());
    }
}
