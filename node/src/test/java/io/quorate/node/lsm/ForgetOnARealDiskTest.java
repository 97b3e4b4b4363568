package io.quorate.node.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.node.lsm.options.StoreOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million keys are deleted and forgotten on real files. */
@Tag("faults")
class ForgetOnARealDiskTest {
    private static final int KEYS = 1_000_000;

    @TempDir
    Path directory;

    @Test
    void afterAllMergesNothingIsLeftAndAScanCostsWhatAScanOverNothingCosts() throws Exception {
        List<ForgetBenchmark.Left> left =
                new ForgetBenchmark(directory, KEYS, StoreOptions.DEFAULTS.withBallastBytes(0)).run();
        String all = String.join(
                "\n", left.stream().map(ForgetBenchmark.Left::toString).toList());
        ForgetBenchmark.Left nothing = left.get(0);
        ForgetBenchmark.Left filled = left.get(1);
        ForgetBenchmark.Left atTheEnd = left.get(left.size() - 1);
        assertEquals(KEYS, filled.scanned(), all);
        assertTrue(filled.blocksRead() > 1_000, all);
        assertEquals(nothing.tables(), atTheEnd.tables(), all);
        assertEquals(nothing.tableBytes(), atTheEnd.tableBytes(), all);
        assertEquals(nothing.scanned(), atTheEnd.scanned(), all);
        assertEquals(nothing.blocksRead(), atTheEnd.blocksRead(), all);
    }
}
