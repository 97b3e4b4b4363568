package io.quorate.node.lsm.mutant;

import io.quorate.node.lsm.compaction.FlushRate;
import io.quorate.node.lsm.compaction.Pressure;
import io.quorate.node.lsm.compaction.WriteDelay;
import java.util.List;

/** Writers that are stopped, or not held up at all, while merges are behind. */
final class PaceMutants {
    private static final String ADMISSION = "io.quorate.node.lsm.commit.WriteAdmission";

    static final List<StoreMutant> ALL = List.of(
            StoreMutant.of(
                            "writers wait for the end of a merge",
                            ADMISSION,
                            "load.isMemtableFull() && !mayFreeze(load);",
                            "load.isMemtableFull() && !mayFreeze(load) || load.mergePressure() >= 1;")
                    .noticedBy("commit.PacedFillTest"),
            StoreMutant.of(
                            "a group is as long when writers are slow",
                            ADMISSION,
                            "return WriteDelay.groupBytes(bytesPerSecond(load));",
                            "return Long.MAX_VALUE;")
                    .noticedBy("commit.PacedFillTest"),
            StoreMutant.of(
                            "what one delay cannot pay for is not paid",
                            WriteDelay.class,
                            " || owedMs(bytesPerSecond) == 0",
                            " || true")
                    .noticedBy("commit.PacedFillTest"),
            StoreMutant.of(
                            "a flush that is late does not slow writers down",
                            FlushRate.class,
                            "now.bytesPerSecond * onTime * onTime",
                            "now.bytesPerSecond")
                    .noticedBy("compaction.FlushRateTest"),
            StoreMutant.of(
                            "a flush that met a shortage looks later and later",
                            FlushRate.class,
                            "measured = Measured.atRest(measured.bytesPerSecond);",
                            "")
                    .noticedBy("compaction.FlushRateTest"),
            StoreMutant.of(
                            "the flush of a memtable that is more than full is late",
                            FlushRate.class,
                            "Math.max(bytes, memtableBytes), nowNs",
                            "memtableBytes, nowNs")
                    .noticedBy("compaction.FlushRateTest"),
            StoreMutant.of(
                            "a long batch waits for minutes while merges are behind",
                            ADMISSION,
                            "SHARE_FOR_MERGES_MIN = 0.25;",
                            "SHARE_FOR_MERGES_MIN = 0.02;")
                    .noticedBy("commit.WriteAdmissionTest"),
            StoreMutant.of(
                            "what a running merge has done does not count",
                            Pressure.class,
                            "Math.max(0, tierTables - share * running.inputsOf(0))",
                            "tierTables")
                    .noticedBy("compaction.PaceTest"));

    private PaceMutants() {}
}
