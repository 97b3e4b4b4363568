package io.quorate.deploy.bench.load;

import io.quorate.common.time.Clock;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Starts a group by its pace. */
record GroupStart(Clock clock, Connector connector, LoadGroup group, long nowNs) implements Pace.PaceCases<LoadRun> {
    private static final int FILLING_CLIENTS_MAX = 32;

    /** Filling is no test: long values are not written so many at once that a node refuses some. */
    private static final int FILLING_BYTES_MAX = 4 << 20;

    @Override
    public LoadRun open(OpenPace pace) {
        SplittableRandom random = new SplittableRandom(group.requests().seed());
        return loop(group.requests().requests(), new Arrivals(pace, nowNs, random), pace.connectionsMax());
    }

    @Override
    public LoadRun closed(ClosedPace pace) {
        Schedule schedule = new ClosedSchedule(pace, nowNs, Long.MAX_VALUE);
        return loop(group.requests().requests(), schedule, pace.clients());
    }

    @Override
    public LoadRun held(HeldPace pace) {
        return new HeldGroup(connector, group.requests(), pace.clients(), tally(), nowNs);
    }

    /** Writes each key once. */
    LoadRun filling() {
        int clients = FILLING_BYTES_MAX / Math.max(1, group.requests().valueBytes());
        ClosedPace pace = new ClosedPace(Math.max(1, Math.min(FILLING_CLIENTS_MAX, clients)));
        Schedule schedule = new ClosedSchedule(pace, nowNs, group.requests().keys());
        return loop(group.requests().filling(), schedule, pace.clients());
    }

    private LoadRun loop(Supplier<PlannedRequest> requests, Schedule schedule, int connectionsMax) {
        return new RequestGroup(clock, connector, requests, schedule, connectionsMax, group.patience(), tally());
    }

    private GroupTally tally() {
        return new GroupTally(group.name(), nowNs);
    }
}
