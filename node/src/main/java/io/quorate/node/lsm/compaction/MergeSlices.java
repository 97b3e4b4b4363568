package io.quorate.node.lsm.compaction;

import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Divides one merge into ranges of keys, each for one thread. The ranges follow each other without a gap. */
final class MergeSlices {
    private MergeSlices() {}

    /**
     * Divides a plan at first keys of the tables that it meets in its target level, about evenly by bytes. Returns one
     * slice if it meets none there, or if the plan is small.
     */
    static List<KeyRange> of(CompactionPlan plan, int countMax, long tableBytes) {
        int count = (int) Math.max(1, Math.min(countMax, plan.bytes() / (2 * tableBytes)));
        List<KeyRange> slices = new ArrayList<>();
        Optional<Key> from = Optional.empty();
        for (Key boundary : boundaries(plan, count)) {
            slices.add(new KeyRange(from, Optional.of(boundary)));
            from = Optional.of(boundary);
        }
        slices.add(new KeyRange(from, Optional.empty()));
        return slices;
    }

    private static List<Key> boundaries(CompactionPlan plan, int count) {
        List<TableDescription> met = plan.inputs().stream()
                .filter(table -> plan.toLevel() > 0 && table.level() == plan.toLevel())
                .toList();
        List<Key> boundaries = new ArrayList<>();
        long total = Levels.bytes(met);
        long before = 0;
        for (TableDescription table : met) {
            if (before > 0 && before >= total * (boundaries.size() + 1) / count && boundaries.size() < count - 1) {
                boundaries.add(table.firstKey());
            }
            before += table.bytes();
        }
        return boundaries;
    }
}
