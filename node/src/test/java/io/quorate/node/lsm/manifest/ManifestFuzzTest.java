package io.quorate.node.lsm.manifest;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.MalformedException;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.format.FileName;
import java.io.IOException;

/** Any bytes of a manifest give a state, or the exceptions that report damage. */
class ManifestFuzzTest {
    private static final long NUMBER = 2;

    @FuzzTest(maxDuration = "3m")
    void file(byte[] bytes) throws IOException {
        CrashDisk disk = new CrashDisk();
        CurrentFile.replace(disk, NUMBER);
        disk.plant(FileName.manifest(NUMBER).toString(), bytes);
        load(disk);
    }

    @FuzzTest(maxDuration = "3m")
    void current(byte[] bytes) throws IOException {
        CrashDisk disk = new CrashDisk();
        disk.plant(CurrentFile.NAME, bytes);
        load(disk);
    }

    private static void load(CrashDisk disk) throws IOException {
        try {
            Manifest.load(disk);
        } catch (StoreException e) {
            return;
        }
    }

    @FuzzTest(maxDuration = "3m")
    void edit(byte[] bytes) {
        try {
            for (int version = 2; version <= 3; version++) {
                new ManifestState.Builder(ManifestState.EMPTY)
                        .apply(ManifestEdit.read(new BytesReader(bytes), version));
            }
        } catch (MalformedException e) {
            return;
        }
    }
}
