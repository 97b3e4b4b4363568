package io.quorate.coordinator.api.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;
import io.vertx.core.http.HttpConnection;

/**
 * Charges the requests of one connection that wait for the answer to the one before. Vert.x reads no more of the
 * connection while there is one, so one read bounds their number. They exist already, so they are charged in any case,
 * and other requests find less memory.
 *
 * <p>Used on the connection's event loop only.
 */
final class WaitingRequests extends ChannelDuplexHandler {
    /** Of a request without a body and with one header, about 300 bytes were measured, and the bytes that were read. */
    static final int REQUEST_BYTES = 512;

    private final MemoryBudget memory;
    private int unanswered;
    private int charged;

    WaitingRequests(MemoryBudget memory) {
        this.memory = memory;
    }

    /** To be called when the connection has begun, before its first request. */
    static void watch(HttpConnection connection, MemoryBudget memory) {
        ChannelHandlerContext vertx = Unwritten.channel(connection);
        vertx.pipeline().addBefore(vertx.name(), null, new WaitingRequests(memory));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof HttpRequest) {
            unanswered++;
            chargeWaiting();
        }
        super.channelRead(context, message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (message instanceof LastHttpContent && !isInformational(message)) {
            unanswered--;
            chargeWaiting();
        }
        super.write(context, message, promise);
    }

    private static boolean isInformational(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        unanswered = 0;
        chargeWaiting();
    }

    private void chargeWaiting() {
        int waiting = Math.max(0, unanswered - 1);
        if (waiting > charged) {
            memory.add(MemoryUse.WAITING, (long) (waiting - charged) * REQUEST_BYTES);
        } else if (waiting < charged) {
            memory.giveBack(MemoryUse.WAITING, (long) (charged - waiting) * REQUEST_BYTES);
        }
        charged = waiting;
    }
}
