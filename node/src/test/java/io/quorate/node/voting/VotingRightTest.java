package io.quorate.node.voting;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.CorruptException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class VotingRightTest {
    private static final CorruptException DAMAGE = new CorruptException("table-1", 0, "a wrong checksum");

    @Test
    void aLossThatADiskCouldNotRecordIsRecordedWhenDamageIsMetAgain() throws IOException {
        CrashDisk disk = new CrashDisk();
        DataDirectory directory = DataDirectory.create(disk);
        VotingRight right = VotingRight.of(directory);
        disk.faults().findNoDescriptor(call -> true);
        right.lose(DAMAGE);
        disk.faults().findNoDescriptor(call -> false);
        assertFalse(right.isVoter());
        assertTrue(VotingRight.of(directory).isVoter(), "the next start would vote");

        right.lose(DAMAGE);
        assertFalse(VotingRight.of(directory).isVoter());
    }
}
