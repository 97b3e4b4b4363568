package io.quorate.deploy.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process, composed as production does it, on a disk whose forces fail. */
final class FailedForceIT {
    @Test
    void aProcessWhoseForceFailsAnswersNothingAndHalts(@TempDir Path folder) throws Exception {
        Path configuration = folder.resolve("node.yaml");
        Files.writeString(
                configuration,
                "clusterId: test\nnodeId: n1\ndataDirectory: data\nballastBytes: 0\nmembers:\n"
                        + "  - {id: n1, host: 127.0.0.1, port: 7101}\n");
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NodeWhoseForcesFail.class.getName(),
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it did not end");
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        assertEquals(ReplicaHost.HALT_DISK_FAILED, process.exitValue(), said);
        assertTrue(said.contains("the answer to first is Stored"), said);
        assertFalse(said.contains("the answer to second"), said);
    }
}
