package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalCoordinator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CoordinatorIT {
    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    @Test
    void aCoordinatorWithoutDataServesTheSameCluster() {
        LocalCoordinator coordinator = cluster.startCoordinator("c1");
        cluster.client().put(cluster.node(1), "k", "from a node");

        HttpResponse<Buffer> read = get(coordinator);
        assertEquals("from a node", read.bodyAsString(), () -> KvClient.describe(read));
        assertTrue(read.getHeader("Quorate-Evidence").startsWith("coordinator=c1; n=3; quorum=2;"));

        HttpResponse<Buffer> written = cluster.client()
                .send(
                        cluster.client().request(HttpMethod.PUT, coordinator.httpPort(), "/v1/kv/k"),
                        Buffer.buffer("from the coordinator"));
        assertEquals(200, written.statusCode(), () -> KvClient.describe(written));
        assertEquals(
                "from the coordinator",
                cluster.client().get(cluster.node(2), "k").bodyAsString());
    }

    @Test
    void aCoordinatorMasksTheLossOfAReplica() {
        LocalCoordinator coordinator = cluster.startCoordinator("c1");
        cluster.client().put(cluster.node(1), "k", "value");
        cluster.node(1).kill();

        for (int i = 0; i < 100; i++) {
            assertEquals(200, get(coordinator).statusCode());
        }
    }

    private HttpResponse<Buffer> get(LocalCoordinator coordinator) {
        return cluster.client().send(cluster.client().request(HttpMethod.GET, coordinator.httpPort(), "/v1/kv/k"));
    }
}
