package io.quorate.node.replica;

import io.quorate.common.time.HybridClock;
import io.quorate.common.wire.Message.Inspect;
import io.quorate.common.wire.Message.Ping;
import io.quorate.common.wire.Message.Pong;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.Scan;
import io.quorate.common.wire.Message.Store;
import java.util.function.Consumer;

/** Gives each request to its handler. Safe for use by several threads. */
public final class Replica {
    private final HybridClock clock;
    private final QueryHandler queries;
    private final StoreHandler stores;
    private final ScanHandler scans;
    private final InspectHandler inspections;

    public Replica(
            HybridClock clock,
            QueryHandler queries,
            StoreHandler stores,
            ScanHandler scans,
            InspectHandler inspections) {
        this.clock = clock;
        this.queries = queries;
        this.stores = stores;
        this.scans = scans;
        this.inspections = inspections;
    }

    /**
     * Answers a request, on this thread or later on another; never, if the outcome of a write is unknown here, for then
     * the process is about to halt and its silence tells the truth.
     */
    public void handle(Request request, Consumer<Reply> reply) {
        if (request instanceof Query query) {
            queries.handle(query, reply);
        } else if (request instanceof Store store) {
            stores.handle(store, reply);
        } else if (request instanceof Scan scan) {
            scans.handle(scan, reply);
        } else if (request instanceof Ping) {
            reply.accept(new Pong(clock.wallMs()));
        } else if (request instanceof Inspect) {
            reply.accept(inspections.inspect());
        } else {
            throw new AssertionError("a request without a handler: " + request);
        }
    }
}
