package io.quorate.deploy.fault;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One connection, next to its socket. While its peer is cut off, the link drops all bytes in both directions, so that
 * both ends see silence and no close. A stream with missing bytes is useless. When the cut is healed, the link
 * therefore closes such a connection: both sides give up their pending requests and connect again. While the node is
 * slow, the messages that it sends wait here in their order. Owned by the connection's event loop, but for
 * {@link #faultsChanged}.
 */
final class FaultyLink extends ChannelDuplexHandler {
    /** A link that holds back more bytes than this closes, because memory is limited. */
    static final int HELD_BYTES_MAX = 32 << 20;

    private final NodeId peer;
    private final Supplier<Faults> faults;
    private final Clock clock;
    private final Deque<Held> held = new ArrayDeque<>();
    private volatile ChannelHandlerContext context;
    private long heldBytes;
    private boolean swallowed;

    private record Held(Object message, ChannelPromise promise, long dueNs) {}

    FaultyLink(NodeId peer, Supplier<Faults> faults, Clock clock) {
        this.peer = peer;
        this.faults = faults;
        this.clock = clock;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** From any thread. */
    void faultsChanged() {
        ChannelHandlerContext added = context;
        if (added != null) {
            added.executor().execute(this::closeIfHealed);
        }
    }

    private void closeIfHealed() {
        if (swallowed && !isCut()) {
            context.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (isCut()) {
            swallow(message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        int slowMs = faults.get().slowMs();
        if (slowMs > 0 || !held.isEmpty()) {
            hold(message, promise, slowMs);
        } else {
            pass(message, promise);
        }
    }

    /** A sender does not notice that the network lost its message, so a dropped one counts as sent. */
    private void pass(Object message, ChannelPromise promise) {
        if (isCut()) {
            swallow(message);
            promise.setSuccess();
        } else {
            context.write(message, promise);
        }
    }

    private void swallow(Object message) {
        swallowed = true;
        ReferenceCountUtil.release(message);
    }

    private boolean isCut() {
        return faults.get().cut().contains(peer);
    }

    private void hold(Object message, ChannelPromise promise, int slowMs) {
        held.addLast(new Held(message, promise, clock.monotonicNs() + TimeUnit.MILLISECONDS.toNanos(slowMs)));
        heldBytes += bytesOf(message);
        if (heldBytes > HELD_BYTES_MAX) {
            context.close();
        } else if (held.size() == 1) {
            scheduleRelease();
        }
    }

    private void scheduleRelease() {
        long waitNs = held.getFirst().dueNs() - clock.monotonicNs();
        context.executor().schedule(this::release, Math.max(0, waitNs), TimeUnit.NANOSECONDS);
    }

    private void release() {
        while (!held.isEmpty() && held.getFirst().dueNs() - clock.monotonicNs() <= 0) {
            Held next = held.removeFirst();
            heldBytes -= bytesOf(next.message());
            pass(next.message(), next.promise());
        }
        context.flush();
        if (!held.isEmpty()) {
            scheduleRelease();
        }
    }

    private static int bytesOf(Object message) {
        return message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ClosedChannelException closed = new ClosedChannelException();
        for (Held lost = held.pollFirst(); lost != null; lost = held.pollFirst()) {
            ReferenceCountUtil.release(lost.message());
            lost.promise().tryFailure(closed);
        }
        heldBytes = 0;
    }
}
