package io.quorate.node.lsm.mutant;

import io.quorate.node.lsm.recovery.Recovery;
import io.quorate.node.lsm.wal.EndOfLog;
import java.util.List;

/** Ends of a log that are taken for better than they are. */
final class LogMutants {
    static final List<StoreMutant> ALL = List.of(
            StoreMutant.of(
                            "a voucher hides what is behind it",
                            EndOfLog.class,
                            "case VOUCHER -> behind == Behind.NOTHING ? WHOLE : LOST_WRITES;",
                            "case VOUCHER -> WHOLE;")
                    .noticedBy("MisplacedWritesTest"),
            StoreMutant.of(
                            "a frame that was forced counts as torn",
                            EndOfLog.class,
                            "case NO_VALID_FRAME -> behind == Behind.NOTHING ? TORN : LOST_WRITES;",
                            "case NO_VALID_FRAME -> TORN;")
                    .noticedBy("CorruptionTest"),
            StoreMutant.of(
                            "a misplaced frame is no evidence",
                            EndOfLog.class,
                            "case NO_VALID_FRAME -> behind == Behind.NOTHING",
                            "case NO_VALID_FRAME -> behind != Behind.FRAME_THAT_NEEDS_IT")
                    .noticedBy("MisplacedWritesTest"),
            StoreMutant.of(
                            "a frame out of turn ends the log",
                            EndOfLog.class,
                            "case FRAME_OUT_OF_TURN -> DAMAGED;",
                            "case FRAME_OUT_OF_TURN -> TORN;")
                    .noticedBy("wal.EndOfLogTest"),
            StoreMutant.of(
                            "a segment that the manifest does not name proves nothing",
                            EndOfLog.class,
                            "case FOLLOWS_A_LATER_END -> LOST_WRITES;",
                            "case FOLLOWS_A_LATER_END -> started ? LOST_WRITES : this;")
                    .noticedBy("CorruptionTest"),
            StoreMutant.of(
                            "a log ends where a started segment is missing",
                            EndOfLog.class,
                            "case MISSING -> started ? LOST_WRITES : this;",
                            "case MISSING -> this;")
                    .noticedBy("CorruptionTest"),
            StoreMutant.of(
                            "a log ends where a started segment does not begin",
                            EndOfLog.class,
                            "-> started ? DAMAGED : this;",
                            "-> this;")
                    .noticedBy("wal.EndOfLogTest"),
            StoreMutant.of(
                            "a start reuses old segments before the manifest is switched",
                            Recovery.class,
                            "        Manifest manifest = startManifest(log);\n",
                            "        for (long each = old.logFloor(); each <= old.lastLog(); each++) {\n"
                                    + "            log.reuse(each, next -> {});\n        }\n"
                                    + "        Manifest manifest = startManifest(log);\n")
                    .noticedBy("ReusedSegmentsTest"));

    private LogMutants() {}
}
