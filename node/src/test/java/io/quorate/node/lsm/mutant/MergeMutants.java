package io.quorate.node.lsm.mutant;

import io.quorate.node.lsm.compaction.ExpiredValues;
import io.quorate.node.mutant.SourceChange;
import java.util.List;

/** Merges that pass on the wrong one of two encoded records, or one that has to change. */
final class MergeMutants {
    private static final String TEST = "compaction.TableMergeTest";

    static final List<StoreMutant> ALL = List.of(
            StoreMutant.of(
                            "a merge keeps the older record",
                            SourceChange.besides(ExpiredValues.class, "EncodedMerge"),
                            "heads[one].head().isNewerThan(heads[other].head())",
                            "heads[other].head().isNewerThan(heads[one].head())")
                    .noticedBy(TEST),
            StoreMutant.of(
                            "a merge passes on an expired value as it is",
                            ExpiredValues.class,
                            "return head.neededUntilMs() <= endedMs || head.isTombstone();",
                            "return head.neededUntilMs() < endedMs || head.isTombstone();")
                    .noticedBy(TEST),
            StoreMutant.of(
                            "a merge keeps a record that erases a hint",
                            ExpiredValues.class,
                            "return head.neededUntilMs() <= endedMs || head.isTombstone();",
                            "return head.neededUntilMs() <= endedMs;")
                    .noticedBy(TEST),
            StoreMutant.of(
                            "the expiries of a table forget that a request is remembered",
                            "io.quorate.common.codec.RecordHead",
                            "neededUntilMs = Math.max(rememberedUntilMs, expiresAtMs);",
                            "neededUntilMs = expiresAtMs;")
                    .noticedBy("table.TablePropertiesTest"));

    private MergeMutants() {}
}
