package io.quorate.node.lsm.mutant;

import io.quorate.node.lsm.commit.Committer;
import io.quorate.node.mutant.SourceChange;
import java.util.List;

/** Writes that are refused, delayed or let in where they should not be. */
final class AdmissionMutants {
    private static final String ADMISSION = SourceChange.besides(Committer.class, "WriteAdmission");
    private static final String TABLES = "commit.WriteAdmissionTest";

    static final List<StoreMutant> ALL = List.of(
            StoreMutant.of(
                            "a full disk takes values where it takes deletes",
                            ADMISSION,
                            "condition.space().compareTo(needs) <= 0",
                            "condition.space() != DiskSpace.READ_ONLY")
                    .noticedBy(TABLES),
            StoreMutant.of(
                            "what was accepted is refused when the store begins to close",
                            ADMISSION,
                            "            case OPEN, CLOSING -> refusalForShortage(condition, needs);",
                            """
            case CLOSING -> Optional.of(RefusedBecause.CLOSING);
            case OPEN -> refusalForShortage(condition, needs);\
""")
                    .noticedBy(TABLES),
            StoreMutant.of(
                            "a new write gets into a store that is closing",
                            ADMISSION,
                            "return condition.lifecycle() == Lifecycle.CLOSING\n",
                            "return condition.lifecycle() == Lifecycle.CLOSED\n")
                    .noticedBy(TABLES),
            StoreMutant.of(
                            "a store that has failed goes on with the next group",
                            ADMISSION,
                            "        if (isOver(load.lifecycle())) {\n            return false;\n        }\n",
                            "")
                    .noticedBy(TABLES),
            StoreMutant.of(
                            "a shortage of file descriptors refuses writes that need none",
                            ADMISSION,
                            "return outOfDescriptors && load.isMemtableFull();",
                            "return outOfDescriptors;")
                    .noticedBy(TABLES),
            StoreMutant.of(
                            "writes that wait are not refused while the disk is full",
                            ADMISSION,
                            "return state == WriterState.GOING_ON || condition.refusesSome();",
                            "return state == WriterState.GOING_ON;")
                    .noticedBy(TABLES),
            StoreMutant.of(
                            "a long batch waits for an empty queue",
                            ADMISSION,
                            "Math.min(batchBytes, limits.queuedBytesMax() / 2)",
                            "batchBytes")
                    .noticedBy(TABLES),
            StoreMutant.of(
                            "a store that closes waits for merges that it gives up",
                            ADMISSION,
                            "load.lifecycle() == Lifecycle.OPEN && !load.areMergesHeldUp()",
                            "!load.areMergesHeldUp()")
                    .noticedBy(TABLES),
            StoreMutant.of(
                            "writers are delayed for merges that have no space",
                            ADMISSION,
                            "load.lifecycle() == Lifecycle.OPEN && !load.areMergesHeldUp()",
                            "load.lifecycle() == Lifecycle.OPEN")
                    .noticedBy(TABLES),
            StoreMutant.of(
                            "each look at a stall begins another one",
                            ADMISSION,
                            "state == WriterState.STALLED && !lacksMemtable(load)",
                            "state == WriterState.STALLED")
                    .noticedBy("StoreAdmissionTest"),
            StoreMutant.of(
                            "a flush of forgotten entries takes one memtable too many",
                            Committer.class,
                            "if (admission.mayFreeze(load)) {",
                            "if (!health.isClosing()) {")
                    .noticedBy("StoreAdmissionTest"),
            StoreMutant.of(
                            "a flush of forgotten entries that has to wait is lost",
                            Committer.class,
                            "flushWhenFree.ifPresent(waiting::addFirst);",
                            "")
                    .noticedBy("StoreAdmissionTest"),
            StoreMutant.of(
                            "the end of a delay ends a stall",
                            ADMISSION,
                            "        if (state == WriterState.DELAYED) {\n",
                            "        if (state != WriterState.GOING_ON) {\n")
                    .noticedBy(TABLES));

    private AdmissionMutants() {}
}
