package io.quorate.node.lsm.memtable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.node.lsm.Overlap;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The log thread takes chunks, and the last reader of a memtable gives them back. */
@Timeout(20)
class ChunkPoolTest {
    private static final int CHUNKS = 3;

    private Runnable whileMaking = () -> {};
    private final ChunkPool pool = new ChunkPool(4 << 10, CHUNKS, this::make);

    private ByteBuffer make(int bytes) {
        whileMaking.run();
        return ByteBuffer.allocate(bytes);
    }

    @Test
    void itMakesNoMoreThanAllowed() {
        for (int i = 0; i < CHUNKS; i++) {
            assertTrue(pool.tryTake().isPresent());
        }
        assertEquals(Optional.empty(), pool.tryTake());
        assertEquals(CHUNKS, pool.inUse());
    }

    @Test
    void whoTakesAChunkWaitsForTheOneBeforeIt() throws InterruptedException {
        requireThatItWaits(pool::tryTake);
        assertEquals(2, pool.inUse());
    }

    @Test
    void whoGivesAChunkBackWaitsForTheOneThatTakes() throws InterruptedException {
        ByteBuffer chunk = pool.tryTake().orElseThrow();
        requireThatItWaits(() -> pool.giveBack(chunk));
        assertEquals(1, pool.inUse());
    }

    private void requireThatItWaits(Runnable second) throws InterruptedException {
        Overlap overlap = new Overlap(second::run);
        whileMaking = overlap::hold;
        overlap.run(pool::tryTake);
        assertTrue(overlap.waited(), "two threads used the pool at once");
    }
}
