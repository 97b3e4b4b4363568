package io.quorate.deploy.bench.load;

import io.vertx.core.Future;

/** A group that is under way. Belongs to the event loop. */
interface LoadRun {
    /** Does what is due by now. Called about each millisecond. */
    void tick(long nowNs);

    /** Begins nothing more. What is under way goes on. */
    void stop(long nowNs);

    /** What is counted so far. */
    GroupTally tally();

    /** Completes after {@link #stop}, when the last request has ended. */
    Future<GroupTally> drained();
}
