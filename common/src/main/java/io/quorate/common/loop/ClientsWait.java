package io.quorate.common.loop;

import io.netty.channel.IoHandlerContext;
import java.util.concurrent.TimeUnit;

/**
 * How long an event loop may wait for its sockets while clients wait for their turn: not at all if they may be read,
 * and otherwise until some of them may be late.
 */
record ClientsWait(IoHandlerContext context, boolean mayBeRead) implements IoHandlerContext {
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);

    @Override
    public boolean canBlock() {
        return !mayBeRead && context.canBlock();
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
        return Math.min(LOOK_NS, context.delayNanos(currentTimeNanos));
    }

    @Override
    public long deadlineNanos() {
        return context.deadlineNanos();
    }

    @Override
    public void reportActiveIoTime(long activeNanos) {
        context.reportActiveIoTime(activeNanos);
    }

    @Override
    public boolean shouldReportActiveIoTime() {
        return context.shouldReportActiveIoTime();
    }
}
