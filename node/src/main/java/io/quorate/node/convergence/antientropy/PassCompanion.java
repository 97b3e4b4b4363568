package io.quorate.node.convergence.antientropy;

import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.KeyRange;
import java.util.function.LongConsumer;

/**
 * What the driver of a pass does besides comparing: the seam to forgetting. For one event loop. A callback may run
 * inside the call.
 */
public interface PassCompanion {
    /** A pass that compares, and does nothing else. */
    PassCompanion NONE = new PassCompanion() {
        @Override
        public void begin(LongConsumer begun) {
            begun.accept(0);
        }

        @Override
        public void verified(KeyRange range, SlotSet slots, Runnable done) {
            done.run();
        }

        @Override
        public void complete(PassProgress pass, Runnable done) {
            done.run();
        }
    };

    /**
     * Before a pass asks for any digest.
     *
     * @param begun receives the {@link PassProgress#fence} of the pass
     */
    void begin(LongConsumer begun);

    /** All members, each with a vote, agreed on every key of these slots in the range. */
    void verified(KeyRange range, SlotSet slots, Runnable done);

    /** After the last range of a pass. */
    void complete(PassProgress pass, Runnable done);
}
