package io.quorate.node.lsm.mutant;

import io.quorate.node.lsm.compaction.CompactionStrategy;
import io.quorate.node.lsm.compaction.ExpiredValues;
import io.quorate.node.lsm.maintenance.Compactor;
import io.quorate.node.lsm.memtable.Memtable;
import io.quorate.node.lsm.view.View;
import io.quorate.node.mutant.SourceChange;
import java.util.List;

/** Merges that pass on the wrong one of two encoded records, or one that has to change. */
final class MergeMutants {
    private static final String TEST = "compaction.TableMergeTest";
    private static final String PLACES = "maintenance.ForgottenMergesTest";
    private static final String HISTORY = "ForgettingHistoryTest";

    static final List<StoreMutant> ALL = List.of(
            StoreMutant.of(
                            "a merge keeps the older record",
                            SourceChange.besides(ExpiredValues.class, "EncodedMerge"),
                            "heads[one].head().replaces(heads[other].head())",
                            "heads[other].head().replaces(heads[one].head())")
                    .noticedBy(TEST),
            StoreMutant.of(
                            "of equal versions a merge keeps the plain tombstone",
                            "io.quorate.common.codec.RecordHead",
                            "order == 0 && round > other.round",
                            "order == 0 && round < other.round")
                    .noticedBy(TEST),
            StoreMutant.of(
                            "of equal versions a read takes the plain tombstone",
                            "io.quorate.common.model.Record",
                            "Forgotten.roundOf(content) > Forgotten.roundOf(other.content)",
                            "Forgotten.roundOf(content) < Forgotten.roundOf(other.content)")
                    .noticedBy("ForgottenRecordsTest"),
            StoreMutant.of(
                            "of equal versions a memtable keeps the first one",
                            Memtable.class,
                            "return order > 0 || order == 0 && record.isForgotten()",
                            "return order > 0 || order == 1 && record.isForgotten()")
                    .noticedBy("ForgottenRecordsTest"),
            StoreMutant.of(
                            "a get does not look for a forgotten record of the version that it has",
                            View.class,
                            "return !best.version().isAfter(highest);",
                            "return highest.isAfter(best.version());")
                    .noticedBy("ForgottenRecordsTest"),
            StoreMutant.of(
                            "a merge drops every forgotten record",
                            SourceChange.besides(ExpiredValues.class, "TableMerge"),
                            "if (rules.elsewhere().mayExist(forgotten.key(), forgotten.head().version())) {",
                            "if (forgotten.keyBytes() == 0) {")
                    .noticedBy(HISTORY),
            StoreMutant.of(
                            "a merge drops a forgotten record although a memtable has an older one",
                            View.class,
                            "if (memtables().stream().anyMatch(memtable -> memtable.holds(key))) {",
                            "if (memtables().isEmpty()) {")
                    .noticedBy(HISTORY),
            StoreMutant.of(
                            "a merge drops a forgotten record although a segment of the log that waits for its flush has an older one",
                            View.class,
                            "if (memtables().stream().anyMatch(memtable -> memtable.holds(key))) {",
                            "if (active.holds(key)) {")
                    .noticedBy(PLACES),
            StoreMutant.of(
                            "a merge drops a forgotten record although another table has an older one",
                            View.class,
                            ".anyMatch(table -> !table.minVersion().isAfter(highest) && table.mayContain(key, hash));",
                            ".anyMatch(table -> table.minVersion().isAfter(highest) && table.mayContain(key, hash));")
                    .noticedBy(PLACES),
            StoreMutant.of(
                            "a merge looks for older records in two views",
                            Compactor.class,
                            "return new MergeRules(new ExpiredValues(endedMs, Keyspace::forgets), new OutsideInputs(live, numbers));",
                            """
io.quorate.node.lsm.view.View before = live.current();
        return new MergeRules(
                new ExpiredValues(endedMs, Keyspace::forgets),
                (key, version) -> live.current().memtables().stream().anyMatch(memtable -> memtable.holds(key))
                        || before.tables().stream()
                                .filter(table -> !numbers.contains(table.identity().number()))
                                .anyMatch(table -> table.mayContain(key, io.quorate.node.lsm.table.Table.hashOf(key))));
""")
                    .noticedBy(PLACES),
            StoreMutant.of(
                            "a table with forgotten records moves as it is",
                            CompactionStrategy.class,
                            "coming.size() == 1 && coming.get(0).forgotten() == 0;",
                            "coming.size() == 1;")
                    .noticedBy("compaction.CompactionStrategyTest"),
            StoreMutant.of(
                            "a merge passes on an expired value as it is",
                            ExpiredValues.class,
                            "return head.neededUntilMs() <= endedMs;",
                            "return head.neededUntilMs() < endedMs;")
                    .noticedBy(TEST),
            StoreMutant.of(
                            "the expiries of a table forget that a request is remembered",
                            "io.quorate.common.codec.RecordHead",
                            "neededUntilMs = Math.max(rememberedUntilMs, expiresAtMs);",
                            "neededUntilMs = expiresAtMs;")
                    .noticedBy("table.TablePropertiesTest"));

    private MergeMutants() {}
}
