package io.quorate.deploy.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quorate.deploy.terminal.PrivateFile;
import io.quorate.deploy.terminal.ShellWord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CurlTest {
    private static final Endpoint N1 = new Endpoint("127.0.0.1", 7001);

    @TempDir
    Path folder;

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
        String line = words.stream().map(ShellWord::quoted).collect(Collectors.joining(" "));
        Process shell = new ProcessBuilder("sh", "-c", "printf '%s\\0' " + line).start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(words, List.of(said.split("\0", -1)).subList(0, words.size()));
    }

    private static String body(Payload payload) {
        String line = Curl.of(N1, Call.change("PUT", "/k", Optional.of(payload), ""), Optional.empty());
        return line.replace("curl -sS -X PUT ", "").replace(" http://127.0.0.1:7001/k", "");
    }

    /** A command line is no place for a secret, neither here nor when the shell runs it. */
    @Test
    void aTokenIsLeftToTheShellAndGoesByTlsOnly() {
        ClientToken token = ClientToken.of("qrt_secret");
        Call get = Call.get("/v1/kv/a");
        assertEquals(
                "printf 'Authorization: Bearer %s\\n' \"$QUORATE_TOKEN\" | curl -H @- -sS https://127.0.0.1:7001/v1/kv/a",
                Curl.of(N1.withTls(), ClientTls.NONE, token, get, Optional.empty()));
        assertEquals(
                "curl -sS http://127.0.0.1:7001/v1/kv/a", Curl.of(N1, ClientTls.NONE, token, get, Optional.empty()));
        assertEquals(Optional.empty(), token.header(N1));
        assertEquals(Optional.of("Bearer qrt_secret"), token.header(N1.withTls()));
        assertEquals("a token", token.toString());
    }

    /** A stand-in for curl says what it got. */
    @ParameterizedTest
    @MethodSource("bodies")
    void theShellGivesCurlTheHeaderAndTheBodyButNoSecretAsAnArgument(Payload body, String expected) throws Exception {
        Path file = folder.resolve("my token");
        PrivateFile.create(file, "qrt_secret\n");
        ClientToken token = ClientToken.read(file);
        Call put = Call.change("PUT", "/k", Optional.of(body), "");
        String line = Curl.of(N1.withTls(), ClientTls.NONE, token, put, Optional.empty());
        String curl = """
            curl() {
                echo "arguments $*"
                case " $* " in *' @- -sS '*) echo "header $(cat)" ;; *' @/dev/fd/3 '*) echo "header $(cat <&3)" ;; esac
                case " $* " in *' @/dev/fd/3 '*) echo "body $(cat)" ;; esac
            }
            """;
        Path typed = Files.writeString(folder.resolve("typed"), "typed");
        Process shell = new ProcessBuilder("sh", "-c", curl + line)
                .redirectInput(typed.toFile())
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        List<String> lines = said.lines().toList();
        assertFalse(lines.get(0).contains("qrt_secret"), said);
        assertEquals("header Authorization: Bearer qrt_secret", lines.get(1));
        assertEquals(expected, lines.size() > 2 ? lines.get(2) : "");
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of(new Payload.Text("value"), ""),
                Arguments.of(new Payload.StandardInput(), "body typed"),
                Arguments.of(new Payload.File(Path.of("/dev/stdin")), "body typed"));
    }
}
