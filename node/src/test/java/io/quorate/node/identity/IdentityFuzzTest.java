package io.quorate.node.identity;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.StoreException;
import java.io.IOException;

/** Any bytes of an identity file give an identity, or the exceptions that report damage. */
class IdentityFuzzTest {
    @FuzzTest(maxDuration = "3m")
    void file(byte[] bytes) throws IOException {
        CrashDisk disk = new CrashDisk();
        disk.plant(IdentityFile.NAME, bytes);
        try (DataDirectory directory = DataDirectory.open(disk)) {
            IdentityFile.claim(directory, new ClusterId("golden"), new NodeId("n1"));
        } catch (StoreException e) {
            return;
        }
    }
}
