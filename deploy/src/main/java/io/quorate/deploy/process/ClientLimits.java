package io.quorate.deploy.process;

import io.quorate.common.link.ConnectionCounts;
import io.quorate.common.loop.AcceptLimits;
import io.quorate.common.loop.ClientLoad;
import io.quorate.common.loop.Intake;
import io.quorate.common.loop.LoopTurns;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.time.SystemClock;
import io.quorate.coordinator.Coordinator;
import io.quorate.coordinator.api.OverloadGate;
import io.quorate.coordinator.api.access.AccessControl;
import io.quorate.coordinator.api.connection.ClientConnections;
import io.quorate.coordinator.api.http.RequestIds;
import io.quorate.coordinator.api.origin.Callers;
import io.quorate.deploy.config.ServingOptions;
import io.quorate.deploy.metrics.Metrics;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.LongAdder;

/** The limits of what clients have at a process, connections and requests, and how often they were applied. */
final class ClientLimits {
    private final ConnectionCounts counts;
    private final LongAdder ended = new LongAdder();
    private final ClientLoad load;

    /** @param load of all event loops */
    ClientLimits(ServingOptions serving, ClientLoad load) {
        this.load = load;
        this.counts = new ConnectionCounts(serving.connections(), serving.connectionsPerAddress());
    }

    /** Connections count as soon as the port has accepted them, and those that are refused are in the audit. */
    void limit(AcceptLimits accepts, int port, AccessControl access) {
        accepts.limit(port, counts, access::crowded);
    }

    /** The connections of one event loop, under the limits of the process. */
    ClientConnections connectionsOn(Vertx vertx, MemoryBudget memory) {
        return new ClientConnections(vertx, counts, ended, memory, SystemClock.INSTANCE);
    }

    /** Lets the coordinator of this event loop decide when clients are read, and refuses those that wait too long. */
    Handler<HttpServerRequest> admitting(
            Coordinator coordinator, Callers callers, RequestIds ids, Handler<HttpServerRequest> handler) {
        LoopTurns turns = LoopTurns.current().orElseThrow();
        turns.readClientsBy(new CoordinatorIntake(coordinator));
        return new OverloadGate(turns, callers, ids).before(handler);
    }

    /** A coordinator decides how many requests its event loop begins. */
    private record CoordinatorIntake(Coordinator coordinator) implements Intake {
        @Override
        public boolean isOpen() {
            return coordinator.takesMore();
        }

        @Override
        public boolean isOpenBeyondLimit() {
            return coordinator.takesMoreBeyondLimit();
        }

        @Override
        public int limit() {
            return coordinator.limit();
        }
    }

    void bindMetrics(Metrics metrics) {
        metrics.watch(counts, ended);
        metrics.watch(load);
    }
}
