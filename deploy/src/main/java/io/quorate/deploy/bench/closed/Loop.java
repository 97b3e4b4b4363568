package io.quorate.deploy.bench.closed;

import io.quorate.common.time.SystemClock;
import io.quorate.deploy.bench.request.Dialogue;
import io.quorate.deploy.bench.request.HttpAnswer;
import io.quorate.deploy.bench.request.Protocol.Dialogues;
import io.quorate.deploy.bench.request.RequestKind;
import io.quorate.deploy.client.Endpoint;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The state that all clients share: the next request, and the results so far. Belongs to the event loop. */
public final class Loop {
    /** A request that is on its way, or about to be. */
    record OpenRequest(RequestKind kind, long key) {}

    private static final int NOT_FOUND = 404;

    private final SplittableRandom random;
    private final double readRatio;
    private final LongSupplier keys;
    private final Dialogues dialogues;
    private final Promise<Void> ended = Promise.promise();
    private Tally tally = new Tally(SystemClock.INSTANCE.monotonicNs());
    private long notFound;
    private long requestsLeft;
    private int clientsLeft;

    /** @param requestsMax the clients end after so many requests */
    Loop(Workload workload, LongSupplier keys, SplittableRandom random, long requestsMax) {
        this.random = random;
        this.readRatio = workload.readRatio();
        this.keys = keys;
        this.dialogues = workload.protocol().with(workload.valueBytes(), random.split());
        this.requestsLeft = requestsMax;
        this.clientsLeft = workload.clients();
    }

    /** The next request, or empty if the client shall end. */
    Optional<OpenRequest> next() {
        if (isOver()) {
            return Optional.empty();
        }
        requestsLeft--;
        RequestKind kind = random.nextDouble() < readRatio ? RequestKind.READ : RequestKind.WRITE;
        return Optional.of(new OpenRequest(kind, keys.getAsLong()));
    }

    /** Begins what one client says on a new connection. */
    Dialogue begin(Consumer<Buffer> out, Consumer<HttpAnswer> answered) {
        return dialogues.begin(out, answered);
    }

    void answered(OpenRequest request, HttpAnswer answer, long sentNs) {
        if (answer.isGood(request.kind)) {
            tally.succeeded(request.kind, sentNs, SystemClock.INSTANCE.monotonicNs());
            notFound += answer.status() == NOT_FOUND ? 1 : 0;
        } else {
            tally.failed(request.kind, Integer.toString(answer.status()));
        }
    }

    /** How many reads found nothing: with too many of them, a test of reads tests little. */
    public long notFound() {
        return notFound;
    }

    void lost(OpenRequest request) {
        tally.failed(request.kind, "connection lost");
    }

    void notConnected(Endpoint endpoint) {
        tally.failed(readRatio < 1 ? RequestKind.WRITE : RequestKind.READ, "no connection to " + endpoint);
    }

    boolean isOver() {
        return requestsLeft <= 0;
    }

    void ended() {
        clientsLeft--;
        if (clientsLeft == 0) {
            ended.complete();
        }
    }

    /** How many requests of the present tally have had an end, good or bad. */
    public long finished() {
        return tally.successes() + tally.errors();
    }

    /** Ends the present tally and begins another. */
    Tally nextTally() {
        long nowNs = SystemClock.INSTANCE.monotonicNs();
        Tally done = tally;
        done.end(nowNs);
        tally = new Tally(nowNs);
        notFound = 0;
        return done;
    }

    /** No client sends anything more. */
    void finish() {
        requestsLeft = 0;
    }

    Promise<Void> whenEnded() {
        return ended;
    }
}
