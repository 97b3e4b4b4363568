package io.quorate.node.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.NodeId;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.crashdisk.Operation;
import io.quorate.node.lsm.crashdisk.Operation.Kind;
import io.quorate.node.lsm.crashdisk.Survivors;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CannotOpenException.OpenFailure;
import io.quorate.node.lsm.failure.CorruptException;
import io.quorate.node.lsm.format.FileHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NodeIdentityTest {
    private static final ClusterId CLUSTER = new ClusterId("orders");
    private static final ClusterId GOLDEN = new ClusterId("golden");
    private static final NodeId NODE = new NodeId("n1");

    private final CrashDisk disk = CrashDisk.withoutDirectory();

    private NodeIdentity create() throws IOException {
        try (DataDirectory directory = DataDirectory.create(disk)) {
            return IdentityFile.create(directory, CLUSTER, NODE);
        }
    }

    private NodeIdentity claim(ClusterId cluster, NodeId node) throws IOException {
        try (DataDirectory directory = DataDirectory.open(disk)) {
            return IdentityFile.claim(directory, cluster, node);
        }
    }

    @Test
    void eachStartIsANewIncarnation() throws IOException {
        create();
        assertEquals(1, claim(CLUSTER, NODE).incarnation());
        assertEquals(2, claim(CLUSTER, NODE).incarnation());
    }

    @Test
    void aDirectoryKeepsItsDiskAndAnotherOneHasAnother(@TempDir Path folder) throws IOException {
        Optional<DiskId> own = create().disk();
        assertTrue(own.isPresent());
        assertEquals(own, claim(CLUSTER, NODE).disk());
        assertEquals(own, claim(CLUSTER, NODE).disk());
        assertNotEquals(formatted(folder.resolve("a")), formatted(folder.resolve("b")));
    }

    private static DiskId formatted(Path folder) throws IOException {
        try (DataDirectory directory = DataDirectory.create(new RealDisk(folder))) {
            return IdentityFile.create(directory, CLUSTER, NODE).claimedDisk();
        }
    }

    @ParameterizedTest
    @EnumSource(Survivors.class)
    void aDirectoryOfFormat1GetsOneDiskBeforeItsFirstStartIsOver(Survivors survivors) throws IOException {
        byte[] formatOne = Files.readAllBytes(Path.of("src/test/resources/golden/v3/store/identity"));
        for (int crashAt = 0; crashAt < 12; crashAt++) {
            CrashDisk old = new CrashDisk();
            old.plant(IdentityFile.NAME, formatOne);
            old.crashAt(crashAt);
            Optional<DiskId> shown = Optional.empty();
            try (DataDirectory directory = DataDirectory.open(old)) {
                shown = IdentityFile.claim(directory, GOLDEN, NODE).disk();
            } catch (IOException e) {
                assertTrue(old.isCrashed(), "only the crash stops it");
            }
            old.losePower(survivors, new Random(crashAt));
            try (DataDirectory directory = DataDirectory.open(old)) {
                NodeIdentity next = IdentityFile.claim(directory, GOLDEN, NODE);
                assertTrue(shown.isEmpty() || shown.equals(next.disk()), "crash at " + crashAt);
                assertTrue(next.disk().isPresent());
            }
        }
    }

    @Test
    void anothersDirectoryIsRefusedAndBothAreNamed() throws IOException {
        create();
        CannotOpenException e =
                assertThrows(CannotOpenException.class, () -> claim(new ClusterId("carts"), new NodeId("n2")));
        assertEquals(OpenFailure.FOREIGN, e.reason());
        assertTrue(e.getMessage().contains("node n1 of cluster orders"), e::getMessage);
        assertTrue(e.getMessage().contains("node n2 of cluster carts"), e::getMessage);
        assertEquals(1, claim(CLUSTER, NODE).incarnation(), "nothing was changed");
    }

    @Test
    void aMissingDirectoryIsNotMadeByAStart(@TempDir Path parent) {
        CannotOpenException e = assertThrows(
                CannotOpenException.class, () -> DataDirectory.open(new RealDisk(parent.resolve("missing"))));
        assertEquals(OpenFailure.MISSING, e.reason());
        assertTrue(e.getMessage().contains("--init"), e::getMessage);
    }

    @Test
    void aDirectoryWithoutIdentityIsRefused() throws IOException {
        disk.createDirectory();
        CannotOpenException e = assertThrows(CannotOpenException.class, () -> claim(CLUSTER, NODE));
        assertEquals(OpenFailure.MISSING, e.reason());
    }

    @Test
    void aNodesDirectoryIsNotFormattedAgain() throws IOException {
        create();
        CannotOpenException e = assertThrows(CannotOpenException.class, this::create);
        assertEquals(OpenFailure.FOREIGN, e.reason());
    }

    @Test
    void aDirectoryWithSomethingElseIsNotFormatted() throws IOException {
        disk.createDirectory();
        disk.plant("photo.jpg", new byte[10]);
        CannotOpenException e = assertThrows(CannotOpenException.class, this::create);
        assertTrue(e.getMessage().contains("photo.jpg"), e::getMessage);
    }

    @Test
    void anIdentityOfALaterFormatIsRefused() throws IOException {
        disk.createDirectory();
        disk.plant(IdentityFile.NAME, FileHeaders.ofFormat("IDENTITY", 99));
        CannotOpenException e = assertThrows(CannotOpenException.class, () -> claim(CLUSTER, NODE));
        assertEquals(OpenFailure.NEWER, e.reason());
    }

    @Test
    void anyFlippedBitIsNoticed() throws IOException {
        create();
        for (int offset = 0; offset < disk.read(IdentityFile.NAME).length; offset++) {
            CrashDisk rotten = disk.copy();
            rotten.rot(IdentityFile.NAME, offset, offset % 8);
            try (DataDirectory directory = DataDirectory.open(rotten)) {
                assertThrows(CorruptException.class, () -> IdentityFile.claim(directory, CLUSTER, NODE));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Survivors.class)
    void noCrashLosesOrRepeatsAnIncarnation(Survivors survivors) throws IOException {
        for (int crashAt = 0; crashAt < 60; crashAt++) {
            for (long seed = 0; seed < 20; seed++) {
                startTwiceWithACrash(crashAt, survivors, seed, operation -> false);
            }
        }
    }

    enum Force {
        CONTENT(each -> each.kind() == Kind.FORCE && each.name().startsWith("identity")),
        NAME(each -> each.kind() == Kind.FORCE_DIRECTORY && each.name().startsWith("identity")),
        PARENT_OF_DIRECTORY(each -> each.kind() == Kind.FORCE_PARENTS);

        private final Predicate<Operation> operations;

        Force(Predicate<Operation> operations) {
            this.operations = operations;
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutThisForceACrashLosesAnIncarnation(Force force) throws IOException {
        for (int crashAt = 0; crashAt < 60; crashAt++) {
            try {
                startTwiceWithACrash(crashAt, Survivors.NOTHING, 1, force.operations);
            } catch (AssertionError | CorruptException | CannotOpenException e) {
                return;
            }
        }
        fail("no crash needed " + force);
    }

    private static void startTwiceWithACrash(int crashAt, Survivors survivors, long seed, Predicate<Operation> omitted)
            throws IOException {
        NodeIdentityTest node = new NodeIdentityTest();
        node.disk.faults().omit(omitted);
        node.disk.crashAt(crashAt);
        long known = -1;
        try {
            known = node.create().incarnation();
            known = node.claim(CLUSTER, NODE).incarnation();
            known = node.claim(CLUSTER, NODE).incarnation();
        } catch (IOException e) {
            assertTrue(node.disk.isCrashed(), "only the crash stops it");
        }
        node.disk.losePower(survivors, new Random(seed));
        if (known < 0 && !node.disk.list().contains(IdentityFile.NAME)) {
            node.create();
        }
        long next = node.claim(CLUSTER, NODE).incarnation();
        assertTrue(next > known, survivors + ", crash at " + crashAt + ": " + next + " after " + known);
    }
}
