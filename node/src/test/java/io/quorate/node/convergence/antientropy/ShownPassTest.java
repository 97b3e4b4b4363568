package io.quorate.node.convergence.antientropy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.convergence.PassProgress;
import io.quorate.node.lsm.statistics.StoredContent;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShownPassTest {
    private static double progress(boolean ended, long bytes, long bytesOfLastPass, StoredContent stored) {
        return new PassMemory.Shown(PassProgress.NONE, ended, false, bytes, bytesOfLastPass, 0, LongStream.empty())
                .progress(stored);
    }

    /** The last pass read next to nothing, and 99 % were shown from the first range on. */
    @Test
    void aPassAfterAFillGoesByWhatIsStoredNow() {
        assertEquals(0.25, progress(false, 1_000, 10, new StoredContent(0, 4_000)));
        assertEquals(0.25, progress(false, 1_000, 0, new StoredContent(10, 4_000 - 10 * PassOptions.ENTRY_BYTES)));
    }

    @Test
    void aPassGoesByTheLastOneIfThatReadMore() {
        assertEquals(0.5, progress(false, 1_000, 2_000, new StoredContent(0, 500)));
    }

    @Test
    void onlyAPassThatIsOverIsComplete() {
        assertEquals(0.99, progress(false, 3_000, 2_000, new StoredContent(0, 500)));
        assertEquals(0, progress(false, 0, 0, new StoredContent(0, 0)));
        assertEquals(1, progress(true, 0, 2_000, new StoredContent(0, 500)));
    }
}
