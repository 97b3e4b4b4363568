package io.quorate.node.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.link.OtherDisk;
import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.MemberDisks;
import io.quorate.common.model.MemberIds;
import io.quorate.common.model.NodeId;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation.Kind;
import io.quorate.node.lsm.crashdisk.Survivors;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CorruptException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiskMemoryTest {
    private static final ClusterId CLUSTER = new ClusterId("orders");
    private static final NodeId SELF = new NodeId("n1");
    private static final NodeId PEER = new NodeId("n2");
    private static final NodeId THIRD = new NodeId("n3");
    private static final MemberIds MEMBERS = new MemberIds(List.of(SELF, PEER, THIRD));
    private static final DiskId OWN = new DiskId(1);
    private static final DiskId PEERS = new DiskId(2);
    private static final DiskId THIRDS = new DiskId(3);
    private static final DiskId OTHER = new DiskId(0xfe);
    private static final MemberDisks ALL =
            MemberDisks.NONE.with(SELF, OWN).with(PEER, PEERS).with(THIRD, THIRDS);

    private CrashDisk disk = new CrashDisk();

    @BeforeEach
    void format() throws IOException {
        try (DataDirectory directory = DataDirectory.create(disk)) {
            IdentityFile.create(directory, CLUSTER, SELF, OWN);
        }
    }

    private DiskMemory open() throws IOException {
        return DiskMemory.open(disk, IdentityFile.of(disk).orElseThrow(), MEMBERS);
    }

    @Test
    void aDiskIsRememberedAcrossALossOfPowerAndAnotherOneIsRefused() throws IOException {
        assertEquals(Optional.empty(), open().remember(PEER, PEERS));
        disk.losePower(Survivors.NOTHING, new Random(1));
        DiskMemory memory = open();
        assertEquals(Optional.of(PEERS), memory.diskOf(PEER));
        assertEquals(Optional.empty(), memory.remember(PEER, PEERS));
        assertEquals(Optional.of(new OtherDisk(PEER, PEERS, OTHER)), memory.remember(PEER, OTHER));
        assertEquals(Optional.of(new OtherDisk(PEER, PEERS, OTHER)), memory.objection(PEER, OTHER));
        assertEquals(Optional.of(PEERS), open().diskOf(PEER));
    }

    @Test
    void aMemberThatWasNeverMetMayHaveAnyDiskAndThisNodeOnlyItsOwn() throws IOException {
        assertEquals(Optional.empty(), open().objection(PEER, OTHER));
        assertTrue(open().objection(SELF, OTHER).isPresent());
        assertEquals(List.of(PEER, THIRD), open().unmet());
        assertEquals(Optional.empty(), open().ofAll());
    }

    @Test
    void aNodeAgreesOnceAndTheSameAgain() throws IOException {
        DiskMemory memory = open();
        memory.remember(PEER, PEERS);
        assertTrue(memory.agree(ALL.with(SELF, OTHER)).orElseThrow().startsWith("n1 came back with another disk"));
        assertTrue(memory.agree(ALL.with(PEER, OTHER)).orElseThrow().startsWith("n2 came back with another disk"));
        assertTrue(memory.agree(ALL.with(new NodeId("n4"), OTHER)).orElseThrow().contains("members of n1 are"));
        assertEquals(Optional.empty(), memory.agreed());

        assertEquals(Optional.empty(), memory.agree(ALL));
        assertEquals(Optional.empty(), memory.agree(ALL));
        assertTrue(memory.agree(ALL.with(THIRD, OTHER)).orElseThrow().startsWith("n1 has agreed on"));
        disk.losePower(Survivors.NOTHING, new Random(1));
        assertEquals(Optional.of(ALL), open().agreed());
        assertEquals(Optional.of(ALL), open().ofAll());
        assertFalse(open().isFounded());
    }

    @Test
    void aNodeIsFoundedOnlyOnWhatItAgreedOnAndStaysSo() throws IOException {
        DiskMemory memory = open();
        assertThrows(IllegalStateException.class, () -> memory.found(ALL));
        memory.agree(ALL);
        assertThrows(IllegalStateException.class, () -> memory.found(ALL.with(THIRD, OTHER)));
        memory.found(ALL);
        memory.found(ALL);
        disk.losePower(Survivors.NOTHING, new Random(1));
        assertTrue(open().isFounded());
        assertEquals(Optional.empty(), open().agree(ALL));
        assertTrue(open().isFounded(), "an agreement that is asked for again does not end it");
    }

    @Test
    void anotherListIsRefusedFromTheAgreementOnAndNothingIsChanged() throws IOException {
        MemberIds fewer = new MemberIds(List.of(SELF, PEER));
        open().remember(THIRD, THIRDS);
        DiskMemory.requireList(disk, CLUSTER, SELF, fewer);
        open().agree(ALL);
        byte[] before = disk.read(IdentityFile.NAME);
        CannotOpenException e =
                assertThrows(CannotOpenException.class, () -> DiskMemory.requireList(disk, CLUSTER, SELF, fewer));
        assertTrue(
                e.getMessage()
                        .startsWith("the configuration names the members [n1, n2], and the members of this cluster are"
                                + " [n1, n2, n3]"),
                e::getMessage);
        assertEquals(before.length, disk.read(IdentityFile.NAME).length);
        DiskMemory.requireList(disk, CLUSTER, SELF, MEMBERS);
        DiskMemory.requireList(disk, CLUSTER, PEER, fewer); // the directory is another node's, and the claim says so
    }

    @Test
    void anyFlippedBitIsNoticedAndSoIsTheFileOfAnotherDirectory() throws IOException {
        open().agree(ALL);
        for (int offset = 0; offset < disk.read(MembersFile.NAME).length; offset++) {
            CrashDisk rotten = disk.copy();
            rotten.rot(MembersFile.NAME, offset, offset % 8);
            assertThrows(
                    CorruptException.class,
                    () -> DiskMemory.open(rotten, IdentityFile.of(rotten).orElseThrow(), MEMBERS));
        }
        CrashDisk foreign = new CrashDisk();
        try (DataDirectory directory = DataDirectory.create(foreign)) {
            IdentityFile.create(directory, CLUSTER, SELF, OTHER);
        }
        foreign.plant(MembersFile.NAME, disk.read(MembersFile.NAME));
        CorruptException e = assertThrows(
                CorruptException.class,
                () -> DiskMemory.open(foreign, IdentityFile.of(foreign).orElseThrow(), MEMBERS));
        assertTrue(
                e.getMessage().contains("it belongs to the directory with the disk 0000000000000001"), e::getMessage);
    }

    /** Between each two operations of the disk: what a call showed is still there, and what it did not show may be. */
    @ParameterizedTest
    @EnumSource(Survivors.class)
    void noCrashTakesBackWhatWasShown(Survivors survivors) throws IOException {
        for (int crashAt = 0; crashAt < 40; crashAt++) {
            for (long seed = 0; seed < 5; seed++) {
                disk = new CrashDisk();
                format();
                play(crashAt, survivors, seed);
            }
        }
    }

    private void play(int crashAt, Survivors survivors, long seed) throws IOException {
        DiskMemory memory = open();
        disk.crashAt(disk.operations() + crashAt);
        try {
            memory.remember(PEER, PEERS);
            memory.agree(ALL);
            memory.found(ALL);
        } catch (IOException e) {
            assertTrue(disk.isCrashed(), "only the crash stops it");
        }
        Optional<DiskId> shown = memory.diskOf(PEER);
        disk.losePower(survivors, new Random(seed));
        DiskMemory after = open();
        assertTrue(shown.isEmpty() || after.diskOf(PEER).equals(shown));
        assertTrue(memory.agreed().isEmpty() || after.agreed().equals(memory.agreed()));
        assertTrue(!memory.isFounded() || after.isFounded());
        assertEquals(Optional.empty(), after.agree(ALL), "it can go on");
        after.found(ALL);
    }

    @Test
    void withoutTheForceOfItsContentACrashTakesADiskBack() throws IOException {
        disk.faults().omit(each -> each.kind() == Kind.FORCE && each.name().startsWith(MembersFile.NAME));
        open().remember(PEER, PEERS);
        disk.losePower(Survivors.NOTHING, new Random(1));
        boolean remembered;
        try {
            remembered = open().diskOf(PEER).isPresent();
        } catch (CorruptException e) {
            remembered = false;
        }
        assertFalse(remembered, "the force is needed");
    }
}
