package io.quorate.common.loop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Reads the connection of a client once in a turn, and goes on only while a body takes what is read.
 *
 * <p>Vert.x stops reading a connection only at the end of a turn, and Netty reads up to 16 times 64 KiB in one. All
 * requests in that are objects then: some 25,000 of one client. The first read of a turn has no more than
 * {@value #FIRST_BYTES_MAX} bytes: about 500 requests, and all of a record of TLS.
 */
@SuppressWarnings("deprecation") // the type of handles that AdaptiveRecvByteBufAllocator has
final class ClientReads extends AdaptiveRecvByteBufAllocator {
    private static final int READS_OF_A_BODY_MAX = 16;
    private static final int FIRST_BYTES_MAX = 17 << 10;

    ClientReads() {
        maxMessagesPerRead(READS_OF_A_BODY_MAX);
    }

    @Override
    public Handle newHandle() {
        return new TurnReads((ExtendedHandle) super.newHandle());
    }

    /** The channel of the selector asks the first way whether to go on, and that of epoll the second. */
    private static final class TurnReads extends DelegatingHandle implements ExtendedHandle {
        private boolean goesOn;

        TurnReads(ExtendedHandle sizes) {
            super(sizes);
        }

        @Override
        public void reset(ChannelConfig config) {
            goesOn = false;
            super.reset(config);
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return allocator.ioBuffer(goesOn ? guess() : Math.min(guess(), FIRST_BYTES_MAX));
        }

        @Override
        public boolean continueReading() {
            goesOn = LoopTurns.takesReadOn() && super.continueReading();
            return goesOn;
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier mayHaveMore) {
            goesOn = LoopTurns.takesReadOn() && ((ExtendedHandle) delegate()).continueReading(mayHaveMore);
            return goesOn;
        }
    }
}
