package io.quorate.node.lsm.wal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import java.io.IOException;

/** Any bytes of a log give writes, its end, or the exceptions that report damage. */
class LogFuzzTest {
    private static final long NUMBER = 4;

    @FuzzTest(maxDuration = "3m")
    void file(byte[] bytes) throws IOException {
        CrashDisk disk = new CrashDisk();
        disk.plant(FileName.log(NUMBER).toString(), bytes);
        replay(disk, NUMBER);
        replay(disk, NUMBER - 1);
    }

    private static void replay(CrashDisk disk, long lastStarted) throws IOException {
        try {
            new LogReplay(disk, NUMBER, lastStarted, (key, record) -> {}).run();
        } catch (StoreException e) {
            return;
        }
    }

    /** The payload of a frame whose checksum is right, as a segment's start and as writes. */
    @FuzzTest(maxDuration = "3m")
    void payload(byte[] bytes) throws IOException {
        for (FrameType type : FrameType.values()) {
            CrashDisk disk = new CrashDisk();
            DiskFile file = disk.create(FileName.log(NUMBER).toString());
            try (FrameAppender appender = FrameAppender.begin(file, FileKind.LOG, NUMBER, disk.newSalt(), 0)) {
                if (type != FrameType.SEGMENT_START) {
                    SegmentStart.FIRST.write(appender.beginFrame(FrameType.SEGMENT_START));
                    appender.endFrame();
                }
                appender.beginFrame(type).writeBytes(bytes);
                appender.endFrame();
                appender.force();
            }
            replay(disk, NUMBER);
        }
    }
}
