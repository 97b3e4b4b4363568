package io.quorate.node.lsm.mutant;

import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.commit.Committer;
import io.quorate.node.lsm.recovery.OpenStore;
import io.quorate.node.lsm.view.NewestVersions;
import io.quorate.node.mutant.SourceChange;
import java.util.List;
import java.util.stream.Stream;

/** Versions that are known without their records, and are wrong, or seen at another moment than the records. */
final class VersionMutants {
    private static final String PUBLICATION = SourceChange.besides(Committer.class, "Publication");

    private static final List<StoreMutant> OF_ANOTHER_RECORD = Stream.of(
                    StoreMutant.of(
                            "a version enters although an older memtable may have a newer one",
                            PUBLICATION,
                            "        versions.beginMemtable();\n",
                            ""),
                    StoreMutant.of(
                            "a version enters although a table may have a newer one",
                            OpenStore.class,
                            "highestVersion(recovered.tables())",
                            "Version.ZERO"),
                    StoreMutant.of(
                            "an older record replaces a known version",
                            NewestVersions.class,
                            "if (versionAt(slot).isAfter(before)) {",
                            "if (before.equals(Version.ZERO)) {"),
                    StoreMutant.of(
                            "a known version stays when a newer record comes",
                            NewestVersions.class,
                            "if (versionAt(slot).isAfter(before)) {",
                            "if (slot >= 0) {"))
            .map(mutant -> mutant.noticedBy("KnownVersionsTest"))
            .toList();

    private static final List<StoreMutant> OF_ANOTHER_KEY = Stream.of(
                    StoreMutant.of(
                            "a forgotten version is known",
                            NewestVersions.class,
                            "if (!record.isForgotten()) {",
                            "if (record != null) {"),
                    StoreMutant.of(
                            "a key takes the version of another one",
                            NewestVersions.class,
                            "words[slot] == hash.low() && words[slot + 1] == hash.high()",
                            "words[slot] == hash.low() || words[slot] != 0"),
                    StoreMutant.of(
                            "whole words of a key do not count",
                            SourceChange.besides(NewestVersions.class, "KeyHash"),
                            "                take((long) WORD.get(input, at));\n",
                            ""))
            .map(mutant -> mutant.noticedBy("view.NewestVersionsTest"))
            .toList();

    private static final List<StoreMutant> OF_ANOTHER_MOMENT = Stream.of(
                    StoreMutant.of(
                            "a version is known before its group is published",
                            PUBLICATION,
                            "        live.publish(sequence);\n        versions.published();\n",
                            "        versions.published();\n        live.publish(sequence);\n"),
                    StoreMutant.of(
                            "an older version is known until the next one is",
                            NewestVersions.class,
                            "            words[slot] = EMPTY.low();\n            words[slot + 1] = EMPTY.high();\n",
                            ""),
                    StoreMutant.of(
                            "a get sees a write before its group is published",
                            Store.class,
                            "view.get(keyspace.stored(key), live.visibleSequence(), counters)",
                            "view.get(keyspace.stored(key), Long.MAX_VALUE, counters)"))
            .map(mutant -> mutant.noticedBy("interleaving.InterleavingTest"))
            .toList();

    static final List<StoreMutant> ALL = Stream.of(OF_ANOTHER_RECORD, OF_ANOTHER_KEY, OF_ANOTHER_MOMENT)
            .flatMap(List::stream)
            .toList();

    private VersionMutants() {}
}
