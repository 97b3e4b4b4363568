package io.quorate.common.convergence;

import io.quorate.common.model.Key;
import java.util.Optional;

/**
 * How far a pass over all keys is. Any member can go on from here, since {@code verified} says how each key before
 * {@code next} was found.
 *
 * @param number counts the passes of the cluster, from 1 on. 0 before the first one
 * @param startedMs when the pass began, by the wall clock of the member that began it, in milliseconds since 1970
 * @param fence the instant that all holders had as their fence before the pass read anything, or 0 if not all had it
 * @param next the first key that is not compared yet, or empty at the begin of the pass
 * @param verified the slots of which all holders agreed on every key before {@code next}
 */
public record PassProgress(long number, long startedMs, long fence, Optional<Key> next, SlotSet verified) {
    public static final PassProgress NONE = new PassProgress(0, 0, 0, Optional.empty(), SlotSet.NONE);

    /** @param fence an instant up to which no replica takes a writer's record any more, or 0 */
    public static PassProgress begin(long number, long startedMs, long fence) {
        return new PassProgress(number, startedMs, fence, Optional.empty(), SlotSet.ALL);
    }

    /** After one more range, of which these slots were not verified. */
    public PassProgress after(Key end, SlotSet unverified) {
        return new PassProgress(number, startedMs, fence, Optional.of(end), verified.without(unverified));
    }

    /** After the last range. */
    public PassProgress complete(SlotSet unverified) {
        return new PassProgress(number, startedMs, fence, next, verified.without(unverified));
    }
}
