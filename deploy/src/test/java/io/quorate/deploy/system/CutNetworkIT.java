package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.KvClient;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.linearizability.Operation;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that pass packets one way only, or between some nodes only: every node that sees a majority goes on. */
@Tag("faults")
final class CutNetworkIT {
    private static final int CLIENTS = 6;
    private static final int KEYS = 4;
    private static final int STEPS = 150;

    @RegisterExtension
    static final LocalCluster CLUSTER = LocalCluster.ofThreeInNamespaces();

    @AfterEach
    void heal() {
        if (CLUSTER.network() != null) {
            CLUSTER.network().heal();
            CLUSTER.nodes().forEach(node -> CLUSTER.awaitUpAgain(node, 3));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 1"})
    void aCutInOneDirectionIsNoOutage(int from, int to) throws IOException {
        assertNoOutage("one-way-" + from + "-" + to, () -> CLUSTER.network().cut(from, to), 1, 2, 3);
    }

    @Test
    void twoNodesThatSeeEachOtherOnlyThroughTheThirdAreNoOutage() throws IOException {
        Runnable bridge = () -> {
            CLUSTER.network().cut(1, 2);
            CLUSTER.network().cut(2, 1);
        };
        assertNoOutage("bridge", bridge, 1, 2, 3);
    }

    @Test
    void notOneRequestThroughTheSurvivorsFailsWhileANodeIsCutOff() throws IOException {
        Runnable isolation = () -> CLUSTER.network().isolate(3);
        assertNoOutage("isolated", isolation, 1, 2);
    }

    @Test
    void aNodeThatIsCutOffAppliesNothingThatItRefuses() {
        KvClient client = CLUSTER.client();
        client.put(CLUSTER.node(1), "honest", "before");
        CLUSTER.network().isolate(3);
        CLUSTER.awaitUp(CLUSTER.node(3), 1);
        int status = client.put(CLUSTER.node(3), "honest", "refused").statusCode();
        client.put(CLUSTER.node(1), "honest", "after");
        assertEquals(503, status);
        heal();
        assertEquals("after", client.get(CLUSTER.node(3), "honest").bodyAsString());
    }

    @Test
    void theHistoryIsLinearizableWhenPacketsAreLost() throws IOException {
        RegisterClients registers = RegisterClients.patient(CLUSTER, KEYS);
        CLUSTER.network().lose(10);
        try (ClosedLoop clients = registers.start(CLIENTS)) {
            clients.awaitFurther(STEPS);
            clients.stop();
        }
        registers.judge("lossy");
        long done = registers.history().operations().stream()
                .filter(operation -> operation.outcome() == Operation.Outcome.OK)
                .count();
        assertTrue(done > STEPS / 4, () -> "only " + done + " operations succeeded: " + registers.outages());
    }

    /** The fault comes and goes while clients work through some of the nodes. Afterwards all replicas agree. */
    private static void assertNoOutage(String name, Runnable fault, int... through) throws IOException {
        RegisterClients registers = RegisterClients.patient(CLUSTER, KEYS);
        registers.through(IntStream.of(through).mapToObj(CLUSTER::node).toList());
        try (ClosedLoop clients = registers.start(CLIENTS)) {
            clients.awaitFurther(STEPS);
            fault.run();
            clients.awaitFurther(2 * STEPS);
            CLUSTER.network().heal();
            clients.awaitFurther(STEPS);
            clients.stop();
        }
        registers.judge(name);
        assertEquals(List.of(), registers.outages());
        CLUSTER.nodes().forEach(node -> CLUSTER.awaitUpAgain(node, 3));
        registers.awaitAgreement();
    }
}
