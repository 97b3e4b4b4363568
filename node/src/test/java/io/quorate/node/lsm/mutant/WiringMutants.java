package io.quorate.node.lsm.mutant;

import io.quorate.node.lsm.commit.Committer;
import io.quorate.node.lsm.commit.QueueAdmission;
import io.quorate.node.lsm.commit.QueuedTask;
import io.quorate.node.lsm.maintenance.Flusher;
import java.util.List;

/** A store that asks {@code WriteAdmission} about another load than its own, or does something else than it decides. */
final class WiringMutants {
    private static final String STORE = "StoreAdmissionTest";

    static final List<StoreMutant> ALL = List.of(
            StoreMutant.of("the end of a store waits for a memtable", QueuedTask.class, """
            cases.close(this);
        }

        @Override
        boolean needsMemtable() {
            return false;
""", """
            cases.close(this);
        }

        @Override
        boolean needsMemtable() {
            return true;
""")
                    .noticedBy(STORE),
            StoreMutant.of(
                            "a store that closes waits for a memtable to flush forgotten entries",
                            QueuedTask.class,
                            """
writes behind it pass. */
        @Override
        boolean needsMemtable() {
            return false;
""",
                            """
writes behind it pass. */
        @Override
        boolean needsMemtable() {
            return true;
""")
                    .noticedBy(STORE),
            StoreMutant.of(
                            "merges that wait for space seem to run",
                            Committer.class,
                            "return compactor.isHeldUp();",
                            "return false;")
                    .noticedBy("FullDiskTest"),
            StoreMutant.of(
                            "a store that closes promises space for a write",
                            QueueAdmission.class,
                            "WriteAdmission.refusalOfNew(condition(), needs)",
                            "WriteAdmission.refusalOfQueued(condition(), needs)")
                    .noticedBy(STORE),
            StoreMutant.of("a flush that gave up counts as late", Flusher.class, "            rate.gaveUp();\n", "")
                    .noticedBy(STORE),
            StoreMutant.of(
                            "the beginning of a flush is not measured",
                            Flusher.class,
                            "        rate.began(memtable.bytes(), clock.monotonicNs());\n",
                            "")
                    .noticedBy(STORE),
            StoreMutant.of(
                            "writes are admitted to a store that closes as to an open one",
                            Committer.class,
                            "health.isFailed(), closed, health.isClosing()",
                            "health.isFailed(), closed, false")
                    .noticedBy(STORE));

    private WiringMutants() {}
}
