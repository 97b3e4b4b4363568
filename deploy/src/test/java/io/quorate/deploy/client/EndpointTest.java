package io.quorate.deploy.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @TempDir
    Path folder;

    @Test
    void anAddressHasAHostAndAPort() {
        assertEquals(new Endpoint("db1.example", 7001), Endpoint.parse("http://db1.example:7001/"));
        assertEquals(new Endpoint("::1", 7001), Endpoint.parse("[::1]:7001"));
        assertEquals(new Endpoint("db1.example", 7001, true), Endpoint.parse("https://db1.example:7001/"));
        assertEquals("[::1]:7001", Endpoint.parse("[::1]:7001").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7001",
                "host",
                "host:",
                "host:0",
                "host:65536",
                "host:x",
                "::1:7001",
                "[]:1",
                "a b:1",
                "u@h:1"
            })
    void anythingElseIsNone(String text) {
        assertThrows(IllegalArgumentException.class, () -> Endpoint.parse(text));
    }

    @Test
    void theVariableComesFirstThenTheLocalClusterHereThenTheUsualPorts() throws IOException {
        assertEquals(
                List.of(new Endpoint("a", 1), new Endpoint("b", 2)), defaults(Map.of("QUORATE_ENDPOINTS", "a:1, b:2")));
        assertEquals(
                "[127.0.0.1:7001, 127.0.0.1:7002, 127.0.0.1:7003]",
                defaults(Map.of()).toString());
        Files.writeString(Files.createDirectory(folder.resolve(".quorate")).resolve("layout"), "2 22000 22100\n");
        assertEquals("[127.0.0.1:22001, 127.0.0.1:22002]", defaults(Map.of()).toString());
        Files.writeString(folder.resolve(".quorate/layout"), "nonsense");
        assertEquals(3, defaults(Map.of()).size());
    }

    @Test
    void aVariableThatIsWrongIsNotPassedOver() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> defaults(Map.of("QUORATE_ENDPOINTS", "a:1,b")))
                .getMessage();
        assertEquals(true, message.startsWith("QUORATE_ENDPOINTS: 'b' is not host:port"), message);
    }

    private List<Endpoint> defaults(Map<String, String> environment) {
        return DefaultEndpoints.of(environment, folder);
    }
}
