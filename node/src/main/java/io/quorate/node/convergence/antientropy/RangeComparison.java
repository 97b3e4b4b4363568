package io.quorate.node.convergence.antientropy;

import io.quorate.common.convergence.RangeDigest;
import io.quorate.common.convergence.SlotSet;
import java.util.Collection;
import java.util.Iterator;

/**
 * What the digests of several replicas for one range say. Pure.
 *
 * @param differing the slots in which not all replicas hold the same
 * @param open the slots with a key that a read has to settle
 */
record RangeComparison(SlotSet differing, SlotSet open) {
    /** @param digests at least one */
    static RangeComparison of(Collection<RangeDigest> digests) {
        Iterator<RangeDigest> all = digests.iterator();
        RangeDigest first = all.next();
        SlotSet differing = SlotSet.NONE;
        SlotSet open = first.openSlots();
        while (all.hasNext()) {
            RangeDigest other = all.next();
            differing = differing.with(first.differences(other));
            open = open.with(other.openSlots());
        }
        return new RangeComparison(differing, open);
    }

    /** The slots whose entries have to be listed. */
    SlotSet toList() {
        return differing.with(open);
    }
}
