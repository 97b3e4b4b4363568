package io.quorate.deploy.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CoordinatorConfigurationTest {
    private static final String LEAST = """
            clusterId: local
            nodeId: c1
            members:
              - {id: n1, host: 127.0.0.1, port: 7101}
            """;

    @TempDir
    Path folder;

    @Test
    void aCoordinatorNeedsNoFolderAndNoPeerPort() throws Exception {
        assertEquals("c1", read(LEAST).nodeId().name());
    }

    @Test
    void anOptionOfAReplicaIsUnknownToACoordinator() {
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> read(LEAST + "dataDirectory: data\n"));

        assertTrue(refused.getMessage().contains("dataDirectory: no such option"), refused::getMessage);
    }

    @Test
    void aCoordinatorMayNotBearTheNameOfAReplica() {
        ConfigurationException refused =
                assertThrows(ConfigurationException.class, () -> read(LEAST.replace("c1", "n1")));

        assertTrue(refused.getMessage().contains("nodeId: n1 is the name of a member"), refused::getMessage);
    }

    private CoordinatorConfiguration read(String text) throws Exception {
        Path file = folder.resolve("coordinator.yaml");
        Files.writeString(file, text);
        return CoordinatorConfiguration.read(file, Map.of());
    }
}
