package io.quorate.deploy.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.cluster.LocalNode;
import io.quorate.deploy.cluster.RawConnection;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that open connections and do not get on lose them. The others notice nothing. */
final class SlowClientsIT {
    private static final int MOST_OF_AN_ADDRESS = 20;

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThree("connectionsPerAddressMax: " + MOST_OF_AN_ADDRESS);

    private final KvClient client = CLUSTER.client();
    private final List<RawConnection> open = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (RawConnection connection : open) {
            connection.close();
        }
    }

    private RawConnection connect(LocalNode node) throws IOException {
        RawConnection connection = new RawConnection(node);
        open.add(connection);
        return connection;
    }

    @Test
    @Tag("faults")
    void whatDoesNotGetOnIsClosed() throws IOException {
        RawConnection silent = connect(CLUSTER.node(1));
        RawConnection slowHead = connect(CLUSTER.node(1));
        slowHead.send("GET /v1/kv/a HTTP/1.1\r\nHo");
        RawConnection slowBody = connect(CLUSTER.node(1));
        slowBody.send("PUT /v1/kv/short HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n123456789");
        RawConnection.Answer answer = slowBody.answer();
        assertEquals(408, answer.status());
        assertTrue(answer.body().contains("Nothing was applied"), answer.body());
        assertTrue(slowBody.isClosedByServer());
        assertTrue(slowHead.isClosedByServer());
        assertTrue(silent.isClosedByServer());
        assertEquals(404, client.get(CLUSTER.node(2), "short").statusCode());
        assertTrue(metric("quorate_http_connections_ended_total") >= 3);
    }

    /** At a node of its own: the connections of the other test may still count. */
    @Test
    void oneAddressDoesNotGetAllConnections() throws IOException {
        for (int i = 0; i < MOST_OF_AN_ADDRESS; i++) {
            connect(CLUSTER.node(3));
        }
        assertTrue(connect(CLUSTER.node(3)).isClosedByServer());
    }

    private static double metric(String name) {
        String text = CLUSTER.client()
                .send(CLUSTER.client().request(HttpMethod.GET, CLUSTER.node(1), "/metrics"))
                .bodyAsString();
        return text.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .sum();
    }
}
