package io.quorate.deploy.bench.load;

import io.quorate.common.time.Clock;
import io.quorate.deploy.bench.load.GroupConnection.DueRequest;
import io.quorate.deploy.bench.request.HttpAnswer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A group that sends requests and waits for answers, in an open or a closed loop. A request that is due takes an idle
 * connection, or waits for a new one. Connections are used in turn, so all nodes get the same share. Of the requests
 * that wait, the newest goes first: in truth each client has a connection of its own, and would not wait behind others.
 * Belongs to the event loop.
 */
final class RequestGroup implements LoadRun, GroupConnection.Owner {
    /**
     * After a connection that was refused, or closed without an answer, the group waits so long before the next one.
     */
    private static final long CONNECT_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /** With more at once, the generator would do little else for too long. */
    private static final int CONNECTING_MAX = 32;

    private final Clock clock;
    private final Connector connector;
    private final Supplier<PlannedRequest> planned;
    private final Schedule schedule;
    private final int connectionsMax;
    private final Patience patience;
    private final GroupTally tally;
    private final Promise<GroupTally> drained = Promise.promise();

    /** Requests that wait for a connection, the newest last. */
    private final Deque<DueRequest> waiting = new ArrayDeque<>();

    /** All requests under way in the order in which they were due, and some that have ended. */
    private final Deque<DueRequest> byAge = new ArrayDeque<>();

    private final Deque<GroupConnection> idle = new ArrayDeque<>();
    private final Set<GroupConnection> open = new LinkedHashSet<>();
    private int connecting;
    private long connectAgainNs = Long.MIN_VALUE;
    private long underWay;
    private boolean stopped;

    RequestGroup(
            Clock clock,
            Connector connector,
            Supplier<PlannedRequest> planned,
            Schedule schedule,
            int connectionsMax,
            Patience patience,
            GroupTally tally) {
        this.clock = clock;
        this.connector = connector;
        this.planned = planned;
        this.schedule = schedule;
        this.connectionsMax = connectionsMax;
        this.patience = patience;
        this.tally = tally;
    }

    @Override
    public void tick(long nowNs) {
        giveUp(nowNs);
        begin(nowNs);
        serve(nowNs);
    }

    private void begin(long nowNs) {
        while (!stopped && schedule.dueNs() <= nowNs) {
            if (schedule.isOver()) {
                stop(nowNs);
                return;
            }
            DueRequest request = new DueRequest(schedule.dueNs());
            schedule.next();
            tally.begun(request.dueNs(), nowNs);
            underWay++;
            waiting.addLast(request);
            byAge.addLast(request);
        }
    }

    /** Ends all requests that are older than the client's patience. */
    private void giveUp(long nowNs) {
        while (!byAge.isEmpty()) {
            DueRequest oldest = byAge.getFirst();
            if (!oldest.hasEnded() && !patience.isOver(oldest.dueNs(), nowNs)) {
                return;
            }
            byAge.removeFirst();
            if (!oldest.hasEnded()) {
                giveUp(oldest, nowNs);
            }
        }
    }

    private void giveUp(DueRequest request, long nowNs) {
        if (!request.isSent()) {
            waiting.remove(request);
            end(request, GroupTally.GAVE_UP_UNSENT, nowNs, true);
            return;
        }
        if (patience.closes()) {
            request.connection().abandon();
        }
        end(request, GroupTally.GAVE_UP, nowNs, false);
    }

    private void serve(long nowNs) {
        while (!waiting.isEmpty() && !idle.isEmpty()) {
            idle.removeFirst().send(waiting.removeLast(), planned.get());
        }
        while (connecting < Math.min(waiting.size(), CONNECTING_MAX)
                && open.size() + connecting < connectionsMax
                && nowNs >= connectAgainNs) {
            connecting++;
            connector.connect(new GroupConnection(this));
        }
    }

    @Override
    public void connected(GroupConnection connection) {
        connecting--;
        open.add(connection);
        idle.addLast(connection);
        serve(clock.monotonicNs());
        closeIfDrained();
    }

    @Override
    public void refused() {
        connecting--;
        tally.connectionRefused();
        connectAgainNs = clock.monotonicNs() + CONNECT_PAUSE_NS;
        closeIfDrained();
    }

    @Override
    public void answered(GroupConnection connection, DueRequest request, HttpAnswer answer) {
        long nowNs = clock.monotonicNs();
        giveUp(nowNs);
        if (request.hasEnded() && patience.closes()) {
            return; // the client left a moment ago
        }
        if (!connection.isAbandoned()) {
            idle.addLast(connection);
        }
        if (request.hasEnded()) {
            tally.late();
        } else if (answer.isGood(request.kind())) {
            tally.good(request.kind(), request.dueNs(), nowNs);
            ended(request, nowNs, false);
        } else {
            end(request, answer.label(), nowNs, false);
        }
        begin(nowNs);
        serve(nowNs);
    }

    @Override
    public void closed(GroupConnection connection, DueRequest lost, boolean wasExpected) {
        open.remove(connection);
        if (!wasExpected) {
            idle.remove(connection);
        }
        long nowNs = clock.monotonicNs();
        if (lost != null) {
            connectAgainNs = nowNs + CONNECT_PAUSE_NS;
            if (!lost.hasEnded()) {
                end(lost, GroupTally.CONNECTION_LOST, nowNs, true);
            }
        }
        serve(nowNs);
        closeIfDrained();
    }

    private void end(DueRequest request, String label, long nowNs, boolean lostItsConnection) {
        tally.failed(request.dueNs(), label);
        ended(request, nowNs, lostItsConnection);
    }

    private void ended(DueRequest request, long nowNs, boolean lostItsConnection) {
        request.end();
        underWay--;
        schedule.ended(nowNs, lostItsConnection);
        closeIfDrained();
    }

    @Override
    public void stop(long nowNs) {
        stopped = true;
        tally.stop(nowNs);
        closeIfDrained();
    }

    private void closeIfDrained() {
        if (stopped && underWay == 0 && connecting == 0 && drained.tryComplete(tally)) {
            idle.clear();
            Set.copyOf(open).forEach(GroupConnection::abandon);
        }
    }

    @Override
    public GroupTally tally() {
        return tally;
    }

    @Override
    public Future<GroupTally> drained() {
        return drained.future();
    }
}
