package io.quorate.coordinator.api.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.quorate.common.memory.MemoryBudget;
import io.quorate.common.memory.MemoryUse;
import org.junit.jupiter.api.Test;

class WaitingRequestsTest {
    private final MemoryBudget memory = new MemoryBudget(1 << 20);
    private final EmbeddedChannel connection = new EmbeddedChannel(new HttpServerCodec(), new WaitingRequests(memory));

    @Test
    void theFirstRequestIsNotChargedAndThoseBehindItAre() {
        request(1);
        assertEquals(0, waiting());
        request(2);
        assertEquals(2, waiting());
        answer(HttpResponseStatus.CONTINUE);
        assertEquals(2, waiting());
        answer(HttpResponseStatus.OK);
        assertEquals(1, waiting());
        answer(HttpResponseStatus.OK);
        answer(HttpResponseStatus.OK);
        assertEquals(0, waiting());
        request(2);
        assertEquals(1, waiting());
    }

    @Test
    void aConnectionThatClosedHoldsNothing() {
        request(3);
        connection.close();
        assertEquals(0, memory.inUseBytes());
    }

    private void request(int times) {
        String text = "GET /v1/kv/a HTTP/1.1\r\nHost: a\r\n\r\n".repeat(times);
        connection.writeInbound(Unpooled.copiedBuffer(text, ISO_8859_1));
    }

    private void answer(HttpResponseStatus status) {
        connection.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status));
    }

    private long waiting() {
        return memory.inUseBytes(MemoryUse.WAITING) / WaitingRequests.REQUEST_BYTES;
    }
}
