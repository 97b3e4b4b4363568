package io.quorate.deploy.system;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.RawConnection;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** SIGTERM ends no request that the node has begun: {@code 100 Continue} is its word that it has. */
final class DrainIT {
    private static final Duration END_LONGEST = Duration.ofSeconds(10);

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree();

    @Test
    void aRequestInFlightIsAnsweredByANodeThatIsToldToStop() throws IOException {
        LocalNode node = CLUSTER.node(1);
        try (RawConnection connection = new RawConnection(node)) {
            connection.send(
                    "PUT /v1/kv/drained HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertEquals(100, connection.answer().status());
            node.terminate();
            await().atMost(END_LONGEST).until(() -> node.log().contains("closes down"));
            connection.send("value");
            assertEquals(201, connection.answer().status());
        }
        node.awaitEnd(END_LONGEST);
        assertFalse(node.log().contains("ERROR"), node::log);
        assertEquals("value", CLUSTER.client().get(CLUSTER.node(2), "drained").bodyAsString());
    }
}
