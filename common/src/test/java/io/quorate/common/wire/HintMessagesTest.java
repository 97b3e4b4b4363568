package io.quorate.common.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Hint;
import io.quorate.common.model.Key;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Missed;
import io.quorate.common.wire.Message.Offer;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class HintMessagesTest {
    /** Thousands of offers may wait for a reader. Uncharged, they would take gigabytes. */
    @Test
    void theMemoryOfManyLongKeysIsCharged() {
        Hint hint = new Hint(Key.of("k".repeat(Key.BYTES_MAX)), Version.ZERO);
        List<Hint> hints = Collections.nCopies(Missed.HINTS_MAX, hint);
        assertTrue(new Offer(hints).contentBytes() > Missed.HINTS_MAX * Key.BYTES_MAX);
        assertTrue(new Missed(0, hints).contentBytes() > Missed.HINTS_MAX * Key.BYTES_MAX);
    }
}
