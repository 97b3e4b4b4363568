package io.quorate.node.voting;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.node.identity.IdentityFile;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation;
import io.quorate.node.lsm.crashdisk.Operation.Kind;
import io.quorate.node.lsm.crashdisk.Survivors;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CorruptException;
import java.io.IOException;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The right to vote over starts, crashes and wipes of one directory: lost once, it never comes back. */
class WipeTest {
    private static final ClusterId CLUSTER = new ClusterId("orders");
    private static final NodeId NODE = new NodeId("n1");
    private static final CorruptException DAMAGE = new CorruptException("/data/table-7", 4096, "the checksum is wrong");
    private static final int CRASHES = 40;

    private final CrashDisk disk = new CrashDisk();

    @BeforeEach
    void aNodesDirectory() throws IOException {
        try (DataDirectory directory = DataDirectory.create(disk)) {
            IdentityFile.create(directory, CLUSTER, NODE);
        }
    }

    @Test
    void aHealthyReplicaVotesAndHasNothingToExplain() throws IOException {
        VotingRight right = right();
        assertTrue(right.isVoter());
        assertEquals("", right.why());
    }

    @Test
    void theReasonNamesFileOffsetAndWhatToDoAlsoAfterARestart() throws IOException {
        right().lose(DAMAGE);
        VotingRight right = right();
        assertEquals(VotingStatus.DAMAGED, right.votingStatus());
        assertTrue(right.why().contains("/data/table-7 is corrupt at offset 4096"), right.why());
        assertTrue(right.why().contains("--wipe"), right.why());
    }

    @Test
    void theFirstDamageIsTheOneThatIsTold() throws IOException {
        VotingRight right = right();
        right.lose(DAMAGE);
        right.lose(new CorruptException("/data/table-8", 1, "another"));
        assertTrue(right.why().contains("table-7"), right.why());
    }

    @Test
    void aHealthyReplicaIsNotWiped() {
        CannotOpenException refused = assertThrows(CannotOpenException.class, this::wipe);
        assertTrue(refused.getMessage().contains("nothing was changed"), refused::getMessage);
    }

    @Test
    void aWipedReplicaHasNoVoteAndAllThatItHadStandsAside() throws IOException {
        byte[] damaged = {1, 2, 3};
        disk.plant("table-000000000007", damaged);
        right().lose(DAMAGE);
        wipe();
        assertEquals(VotingStatus.FILLING, right().votingStatus());
        assertTrue(!right().why().isEmpty());
        assertTrue(!disk.list().contains("table-000000000007"));
        assertArrayEquals(damaged, disk.read("aside-1-table-000000000007"));
        assertTrue(disk.list().contains("aside-1-damaged"), disk.list()::toString);
    }

    /** It holds nothing, and the new store makes one of its own. */
    @Test
    void aWipeDeletesTheBallast() throws IOException {
        disk.plant("ballast", new byte[1_000]);
        right().lose(DAMAGE);
        wipe();
        assertTrue(disk.list().stream().noneMatch(name -> name.contains("ballast")), disk.list()::toString);
    }

    @Test
    void aLostVoteIsRecordedOnAFullDiskInThePlaceOfTheBallast() throws IOException {
        disk.plant("ballast", new byte[10_000]);
        loseTheVoteOnAFullDisk();
        assertTrue(right().why().contains("table-7"), right().why());
    }

    /** Only the existence of the mark counts, and a name needs no space for bytes. */
    @Test
    void aLostVoteIsRecordedOnAFullDiskWithoutABallast() throws IOException {
        loseTheVoteOnAFullDisk();
    }

    private void loseTheVoteOnAFullDisk() throws IOException {
        long used =
                disk.list().stream().mapToLong(name -> disk.read(name).length).sum();
        disk.faults().roomBytes(used);
        right().lose(DAMAGE);
        disk.losePower(Survivors.NOTHING, new Random(1));
        assertEquals(VotingStatus.DAMAGED, right().votingStatus());
    }

    @Test
    void damageInTheNewStoreEndsTheFillingAndCanBeWipedToo() throws IOException {
        right().lose(DAMAGE);
        wipe();
        right().lose(DAMAGE);
        assertEquals(VotingStatus.DAMAGED, right().votingStatus());
        wipe();
        assertEquals(VotingStatus.FILLING, right().votingStatus());
        assertTrue(disk.list().contains("aside-2-damaged"), disk.list()::toString);
    }

    @ParameterizedTest
    @EnumSource(Survivors.class)
    void noCrashGivesTheVoteBack(Survivors survivors) throws IOException {
        for (int crashAt = 0; crashAt < CRASHES; crashAt++) {
            for (long seed = 0; seed < 10; seed++) {
                loseAndWipeWithACrash(crashAt, survivors, seed, operation -> false);
            }
        }
    }

    @Test
    void withoutTheForceOfItsMarkACrashGivesTheVoteBack() throws IOException {
        for (int crashAt = 0; crashAt < CRASHES; crashAt++) {
            try {
                loseAndWipeWithACrash(crashAt, Survivors.NOTHING, 1, WipeTest::isForceOfTheMark);
            } catch (AssertionError caught) {
                return;
            }
        }
        fail("nobody misses the force of the mark");
    }

    private static boolean isForceOfTheMark(Operation operation) {
        return operation.kind() == Kind.FORCE_DIRECTORY && operation.name().equals(VotingRight.DAMAGED_NAME);
    }

    private void loseAndWipeWithACrash(int crashAt, Survivors survivors, long seed, Predicate<Operation> omitted)
            throws IOException {
        WipeTest other = new WipeTest();
        other.aNodesDirectory();
        other.disk.faults().omit(omitted);
        other.right().lose(DAMAGE);
        other.disk.crashAt(other.disk.operations() + crashAt);
        try {
            other.wipe();
        } catch (IOException crashed) {
            assertTrue(other.disk.isCrashed());
        }
        other.disk.losePower(survivors, new Random(seed));
        String when = "crash at " + crashAt + ", " + survivors + ", seed " + seed;
        VotingStatus votingStatus = other.right().votingStatus();
        assertTrue(votingStatus != VotingStatus.VOTING, when);
        if (votingStatus == VotingStatus.DAMAGED) {
            other.wipe();
        }
        assertEquals(VotingStatus.FILLING, other.right().votingStatus(), when);
    }

    private VotingRight right() throws IOException {
        try (DataDirectory directory = DataDirectory.open(disk)) {
            return VotingRight.of(directory);
        }
    }

    private void wipe() throws IOException {
        try (DataDirectory directory = DataDirectory.open(disk)) {
            Wipe.run(directory, IdentityFile.claim(directory, CLUSTER, NODE).incarnation());
        }
    }
}
