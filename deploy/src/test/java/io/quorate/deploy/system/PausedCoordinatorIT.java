package io.quorate.deploy.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.deploy.cluster.ClosedLoop;
import io.quorate.deploy.cluster.LocalCluster;
import io.quorate.deploy.linearizability.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A coordinator is stopped between the rounds of its requests and goes on later. It does not know the writes of others
 * meanwhile, and its requests seem to it as young as before.
 */
@Tag("faults")
final class PausedCoordinatorIT {
    private static final int CLIENTS = 16;
    private static final int CLIENTS_OF_THE_PAUSED = 10;
    private static final int KEYS = 3;
    private static final int PAUSES = 3;
    private static final int STEPS = 200;

    /** Longer than any pause, so that clients receive the late answers. */
    private static final long PATIENCE_MS = 10_000;

    @RegisterExtension
    final LocalCluster cluster = LocalCluster.ofThree();

    private record Pause(long fromNs, long toNs) {
        boolean delayed(Operation operation) {
            return operation.startNs() < fromNs && operation.endNs() > toNs;
        }
    }

    @Test
    void whatACoordinatorAnswersAfterItWasStoppedInTheMiddleOfARequestIsTrue() throws IOException {
        RegisterClients registers = new RegisterClients(cluster, KEYS, PATIENCE_MS / 2, 2 * PATIENCE_MS);
        RegisterClients.Route route =
                (client, random) -> cluster.node(client < CLIENTS_OF_THE_PAUSED ? 1 : 2 + random.nextInt(2));
        List<Pause> pauses = new ArrayList<>();
        try (ClosedLoop clients = ClosedLoop.start(CLIENTS, client -> registers.step(client, route))) {
            for (int i = 0; i < PAUSES; i++) {
                clients.awaitFurther(STEPS);
                pauses.add(pause(clients));
            }
            clients.awaitFurther(STEPS);
            clients.stop();
        }
        registers.judge("paused-coordinator");
        registers.awaitAgreement();
        List<Operation> late = registers.history().operations().stream()
                .filter(operation -> pauses.stream().anyMatch(pause -> pause.delayed(operation)))
                .filter(operation -> operation.outcome() != Operation.Outcome.UNKNOWN)
                .toList();
        assertTrue(late.size() >= PAUSES, () -> "requests were not stopped halfway: " + late);
    }

    private Pause pause(ClosedLoop clients) {
        cluster.node(1).pause();
        long fromNs = System.nanoTime();
        clients.awaitFurther(STEPS);
        long toNs = System.nanoTime();
        cluster.node(1).resume();
        return new Pause(fromNs, toNs);
    }
}
