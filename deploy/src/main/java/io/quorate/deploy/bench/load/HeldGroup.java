package io.quorate.deploy.bench.load;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A group whose clients begin a request and never finish it, and connect again each time they are closed. */
final class HeldGroup implements LoadRun {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private final Connector connector;
    private final Buffer opening;
    private final Buffer drip;
    private final GroupTally tally;
    private final Set<HeldConnection> open = new LinkedHashSet<>();
    private int missing;
    private long dripNs;
    private boolean stopped;

    HeldGroup(Connector connector, RequestPlan plan, int clients, GroupTally tally, long startNs) {
        this.connector = connector;
        this.opening = plan.opening();
        this.drip = plan.drip();
        this.tally = tally;
        this.missing = clients;
        this.dripNs = startNs;
    }

    /** Once a second, each open connection gets a little more, and the missing ones are opened. */
    @Override
    public void tick(long nowNs) {
        if (stopped || nowNs < dripNs) {
            return;
        }
        dripNs = nowNs + SECOND_NS;
        if (drip.length() > 0) {
            open.forEach(connection -> connection.socket.write(drip));
        }
        int opened = missing;
        missing = 0;
        for (int i = 0; i < opened; i++) {
            tally.begun(nowNs, nowNs);
            connector.connect(new HeldConnection());
        }
    }

    @Override
    public void stop(long nowNs) {
        stopped = true;
        tally.stop(nowNs);
        Set.copyOf(open).forEach(connection -> {
            tally.failed(tally.startNs(), GroupTally.HELD);
            connection.socket.close();
        });
    }

    @Override
    public GroupTally tally() {
        return tally;
    }

    @Override
    public Future<GroupTally> drained() {
        return Future.succeededFuture(tally);
    }

    private final class HeldConnection implements Connector.SocketEvents {
        private Connector.ClientSocket socket;

        @Override
        public void connected(Connector.ClientSocket connected) {
            socket = connected;
            open.add(this);
            socket.write(opening);
        }

        @Override
        public void refused() {
            missing++;
            tally.connectionRefused();
        }

        @Override
        public void received(Buffer bytes) {
            // An answer to a request that is not complete: the close that follows it counts.
        }

        @Override
        public void closed() {
            open.remove(this);
            if (!stopped) {
                missing++;
                tally.failed(tally.startNs(), GroupTally.CLOSED_BY_SERVER);
            }
        }
    }
}
