package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Version;
import java.util.ArrayList;
import java.util.List;

/**
 * The newest version among the operations that ended before a moment. Operations are added in the order of their ends.
 */
final class NewestEnded {
    private final List<Ended> newest = new ArrayList<>();

    private record Ended(long endNs, Version version) {}

    void add(long endNs, Version version) {
        if (newest.isEmpty() || version.isAfter(last().version)) {
            newest.add(new Ended(endNs, version));
        }
    }

    private Ended last() {
        return newest.get(newest.size() - 1);
    }

    /** {@link Version#ZERO} if none had ended. */
    Version before(long startNs) {
        for (int i = newest.size() - 1; i >= 0; i--) {
            if (newest.get(i).endNs < startNs) {
                return newest.get(i).version;
            }
        }
        return Version.ZERO;
    }
}
