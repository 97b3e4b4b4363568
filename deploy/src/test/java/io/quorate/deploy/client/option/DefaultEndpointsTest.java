package io.quorate.deploy.client.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quorate.deploy.client.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultEndpointsTest {
    @TempDir
    Path folder;

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
