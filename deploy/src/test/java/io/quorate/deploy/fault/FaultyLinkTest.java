package io.quorate.deploy.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FaultyLinkTest {
    private static final NodeId PEER = new NodeId("n2");
    private static final Faults CUT = Faults.NONE.withCut(PEER);

    private Faults faults = Faults.NONE;
    private long nowNs;
    private final FaultyLink link = new FaultyLink(PEER, () -> faults, new Clock() {
        @Override
        public long wallMs() {
            throw new AssertionError("a link has nothing to do with the time of day");
        }

        @Override
        public long monotonicNs() {
            return nowNs;
        }
    });
    private final EmbeddedChannel channel = new EmbeddedChannel();

    {
        channel.freezeTime();
        channel.pipeline().addFirst(link);
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void withoutFaultsEverythingPasses() {
        channel.writeOutbound(bytes("out"));
        channel.writeInbound(bytes("in"));

        assertEquals("out", outbound());
        assertEquals("in", text(channel.readInbound()));
        become(CUT.withSlowMs(1));
        become(Faults.NONE);
        assertTrue(channel.isOpen(), "nothing was swallowed, so nothing is missing");
    }

    @Test
    void aCutIsSilenceBothWaysAndEndsWithTheConnection() {
        become(CUT);
        ByteBuf sent = bytes("out");
        ChannelFuture written = channel.writeOneOutbound(sent);
        ByteBuf received = bytes("in");
        channel.writeInbound(received);

        assertTrue(written.isSuccess(), "as far as the sender knows it was sent");
        assertNull(channel.readOutbound());
        assertNull(channel.readInbound());
        assertEquals(0, sent.refCnt() + received.refCnt());
        assertTrue(channel.isOpen());

        become(Faults.NONE);
        assertFalse(channel.isOpen());
    }

    @Test
    void aCutFromAnotherPeerIsNothingToThisOne() {
        become(Faults.NONE.withCut(new NodeId("n3")));
        channel.writeOutbound(bytes("out"));

        assertEquals("out", outbound());
    }

    @Test
    void aSlowLinkKeepsTheOrderAlsoWhenItIsHealed() {
        become(Faults.NONE.withSlowMs(50));
        channel.writeOutbound(bytes("1"));
        advanceMs(30);
        channel.writeOutbound(bytes("2"));
        become(Faults.NONE);
        channel.writeOutbound(bytes("3"));
        advanceMs(19);
        assertNull(channel.readOutbound());

        advanceMs(1);
        assertEquals("1", outbound());
        assertNull(channel.readOutbound());

        advanceMs(30);
        assertEquals("2", outbound());
        assertEquals("3", outbound());
        channel.writeOutbound(bytes("4"));
        assertEquals("4", outbound());
    }

    @Test
    void whatIsHeldIsLetGoWithItsConnection() {
        become(Faults.NONE.withSlowMs(50));
        ByteBuf held = bytes("1");
        ChannelFuture written = channel.writeOneOutbound(held);

        channel.close();

        assertEquals(0, held.refCnt());
        assertTrue(written.isDone() && !written.isSuccess());
    }

    @Test
    void aLinkThatHoldsTooMuchBreaks() {
        become(Faults.NONE.withSlowMs(50));
        channel.writeOneOutbound(Unpooled.buffer(FaultyLink.HELD_BYTES_MAX).writeZero(FaultyLink.HELD_BYTES_MAX));
        assertTrue(channel.isOpen());

        channel.writeOneOutbound(bytes("1"));

        assertFalse(channel.isOpen());
    }

    private void become(Faults now) {
        faults = now;
        link.faultsChanged();
        channel.runPendingTasks();
    }

    private void advanceMs(long ms) {
        nowNs += TimeUnit.MILLISECONDS.toNanos(ms);
        channel.advanceTimeBy(ms, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private String outbound() {
        return text(channel.readOutbound());
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, US_ASCII);
    }

    private static String text(ByteBuf bytes) {
        String text = bytes.toString(US_ASCII);
        bytes.release();
        return text;
    }
}
