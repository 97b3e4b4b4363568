package io.quorate.common.loop;

import io.netty.channel.AdaptiveRecvByteBufAllocator;

/**
 * Reads the connection of a client once in a turn, and goes on only while a body takes what is read.
 *
 * <p>Vert.x stops reading a connection only at the end of a turn, and Netty reads up to 16 times 64 KiB in one. All
 * requests in that are objects then, which no budget counts: some 25,000 of one client. One read has a sixteenth.
 */
@SuppressWarnings("deprecation") // the type of handles that AdaptiveRecvByteBufAllocator has
final class ClientReads extends AdaptiveRecvByteBufAllocator {
    private static final int READS_OF_A_BODY_MAX = 16;

    ClientReads() {
        maxMessagesPerRead(READS_OF_A_BODY_MAX);
    }

    @Override
    public Handle newHandle() {
        return new DelegatingHandle(super.newHandle()) {
            @Override
            public boolean continueReading() {
                return LoopTurns.takesReadOn() && super.continueReading();
            }
        };
    }
}
