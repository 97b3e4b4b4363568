package io.quorate.coordinator.api.http;

import io.quorate.common.loop.LoopTurns;
import io.quorate.common.memory.Reservation;
import io.quorate.common.model.Value;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Reads a request's body up to a limit, into one array. A body that is too long is refused at once, by its announced
 * length or by its bytes. A body that is cut short never reaches the receiver, nor does one whose request was answered
 * meanwhile.
 *
 * <p>A body that is whole takes its turn as a request without one does, and may be refused for it.
 *
 * <p>The body is charged to the memory budget before it is read: by its announced length, or in pieces. While there is
 * no memory, its socket is not read. After a moment it is refused.
 */
public final class RequestBody implements Uploads.Upload {
    private static final int PIECE_BYTES_MIN = 4 << 10;

    /** An upload that brings less than this in the time of a stall makes no progress. */
    private static final int PROGRESS_BYTES_MIN = 16 << 10;

    private final HttpServerRequest request;
    private final int bytesMax;
    private final String tooLong;
    private final Uploads uploads;
    private final BiConsumer<byte[], Runnable> receiver;
    private final Reservation reservation;
    private final UnwantedBody rest;
    private byte[] received = new byte[0];
    private int length;
    private int room;
    private boolean whole;

    /** The request was answered before its body was whole. What still comes of it is dropped. */
    private boolean givenUp;

    private long waitsSinceNs;
    private Buffer waitingChunk;
    private int wanted;
    private long markNs;
    private int markLength;

    private RequestBody(
            HttpServerRequest request,
            int bytesMax,
            String tooLong,
            Uploads uploads,
            BiConsumer<byte[], Runnable> receiver) {
        this.request = request;
        this.bytesMax = bytesMax;
        this.tooLong = tooLong;
        this.uploads = uploads;
        this.receiver = receiver;
        this.reservation = uploads.reservation();
        this.rest = new UnwantedBody(request);
    }

    /**
     * @param bytesMax longest body
     * @param tooLong the error message for a longer body
     * @param uploads charges the body until the request is answered or its connection closes
     * @param receiver is given the whole body
     */
    public static void read(
            HttpServerRequest request, int bytesMax, String tooLong, Uploads uploads, Consumer<byte[]> receiver) {
        readHeld(request, bytesMax, tooLong, uploads, (body, giveBack) -> receiver.accept(body));
    }

    /**
     * As {@link #read}, for an answer with a close handler of its own.
     *
     * @param receiver is given the whole body, and what to run when the client has gone
     */
    public static void readHeld(
            HttpServerRequest request,
            int bytesMax,
            String tooLong,
            Uploads uploads,
            BiConsumer<byte[], Runnable> receiver) {
        new RequestBody(request, bytesMax, tooLong, uploads, receiver).start();
    }

    private void start() {
        request.handler(this::add);
        request.endHandler(end -> end());
        request.response().endHandler(answered -> giveBack());
        request.response().closeHandler(connectionClosed -> giveBack());
        markNs = uploads.nowNs();
        long announced = UnwantedBody.announcedBytes(request);
        if (announced > bytesMax) {
            refuseTooLong(tooLong);
            return;
        }
        uploads.running(this);
        if (announced > 0) {
            want((int) announced);
        }
        if (!givenUp && RequestHead.awaitsContinue(request)) {
            request.response().writeContinue();
        }
    }

    private void end() {
        LoopTurns.tookBody(false);
        if (givenUp) {
            rest.ended();
            return;
        }
        whole = true;
        if (isShed()) {
            OverloadRefusal.send(request);
        } else {
            byte[] body = length == received.length ? received : Arrays.copyOf(received, length);
            FailedRequest.guard(request.response(), () -> receiver.accept(body, this::giveBack));
        }
    }

    /** Its head may have had a turn long before its last bytes. The operation begins now, so now it is admitted. */
    private boolean isShed() {
        return LoopTurns.current()
                .filter(turns -> OverloadRefusal.sheds(turns, request))
                .isPresent();
    }

    /** The request is answered, or its client has gone. */
    private void giveBack() {
        givenUp |= !whole;
        uploads.ended(this);
        received = new byte[0];
        waitingChunk = null;
        if (!reservation.isClosed()) {
            reservation.close();
        }
        if (waitsSinceNs != 0) {
            waitsSinceNs = 0;
            request.resume();
        }
    }

    private void add(Buffer chunk) {
        if (givenUp) {
            rest.drop(chunk);
        } else if (length + chunk.length() > bytesMax) {
            refuseTooLong(tooLong);
        } else if (waitsSinceNs != 0) {
            // The socket is paused. What comes all the same is what was on its way.
            waitingChunk = waitingChunk == null ? chunk.copy() : waitingChunk.appendBuffer(chunk);
        } else if (length + chunk.length() > room) {
            waitingChunk = chunk;
            want(roomFor(length + chunk.length()));
        } else {
            keep(chunk);
        }
    }

    private void keep(Buffer chunk) {
        LoopTurns.tookBody(true);
        if (received.length < room) {
            received = Arrays.copyOf(received, room);
        }
        chunk.getBytes(received, length);
        length += chunk.length();
    }

    /** Twice as much, so that a body in many pieces is copied a few times only. */
    private int roomFor(int bytes) {
        long most = Math.max(bytes, Math.min(bytesMax, uploads.bodyMemory().longestBytes()));
        return (int) Math.min(most, Math.max(PIECE_BYTES_MIN, 2L * bytes));
    }

    /** Room for so many bytes is needed now. */
    private void want(int bytes) {
        wanted = bytes;
        if (bytes > uploads.bodyMemory().longestBytes()) {
            refuseTooLong(uploads.bodyMemory().advice(bytes) + ". Nothing was applied");
            return;
        }
        if (tryAgain()) {
            return;
        }
        if (uploads.mayWait()) {
            waitsSinceNs = uploads.nowNs();
            request.pause();
            uploads.wait(this);
            scheduleRetry();
        } else {
            refuseForMemory("requests hold as much memory as they may");
        }
    }

    private void scheduleRetry() {
        Vertx.currentContext().owner().setTimer(Uploads.RETRY_MS, due -> {
            uploads.retry();
            if (waitsSinceNs == 0 || givenUp || reservation.isClosed()) {
                return;
            }
            if (uploads.nowNs() - waitsSinceNs > TimeUnit.MILLISECONDS.toNanos(Uploads.WAIT_MS)) {
                refuseForMemory("requests hold as much memory as they may, and none became free in time");
            } else {
                scheduleRetry();
            }
        });
    }

    @Override
    public boolean tryAgain() {
        if (givenUp || reservation.isClosed()) {
            return true;
        }
        if (!reservation.tryGrowQuietly((long) BodyMemory.COPIES * (wanted - room))) {
            return false;
        }
        room = wanted;
        Buffer chunk = waitingChunk;
        waitingChunk = null;
        boolean waited = waitsSinceNs != 0;
        waitsSinceNs = 0;
        markNs = uploads.nowNs();
        if (chunk != null) {
            add(chunk);
        }
        if (waited && waitsSinceNs == 0) {
            request.resume();
        }
        return true;
    }

    @Override
    public long chargedBytes() {
        return reservation.bytes();
    }

    @Override
    public boolean isStalled(long nowNs, long stalledNs) {
        if (whole || givenUp || waitsSinceNs != 0 || nowNs - markNs < stalledNs) {
            return false;
        }
        boolean stalled = length - markLength < PROGRESS_BYTES_MIN;
        markNs = stalled ? markNs : nowNs;
        markLength = length;
        return stalled;
    }

    @Override
    public void cutOff() {
        givenUp = true;
        rest.refuseAndEnd(() -> sayNoMemory("the body stopped to arrive while other requests waited for memory"));
    }

    private void refuseForMemory(String why) {
        givenUp = true;
        rest.refuse(leftBytes(), () -> sayNoMemory(why));
        giveBack();
    }

    private void sayNoMemory(String why) {
        uploads.refused();
        RetryAfter.put(request.response());
        Problem.refuse(request.response(), 429, why + ". Nothing was applied");
    }

    private long leftBytes() {
        long announced = UnwantedBody.announcedBytes(request);
        int waitingBytes = waitingChunk == null ? 0 : waitingChunk.length();
        return announced < 0 ? announced : announced - length - waitingBytes;
    }

    private void refuseTooLong(String why) {
        givenUp = true;
        rest.refuseAndEnd(() -> Problem.refuse(request.response(), 413, why));
    }

    public static boolean isContentType(String text) {
        boolean printable = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
        return printable && !text.isBlank() && text.length() <= Value.CONTENT_TYPE_BYTES_MAX;
    }
}
