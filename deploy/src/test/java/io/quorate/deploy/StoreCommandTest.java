package io.quorate.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.DiskId;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.identity.IdentityFile;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.commit.Completion;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.threads.StorageThreads;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code quorate store} on the files of a node. */
class StoreCommandTest {
    private static final ClusterId CLUSTER = new ClusterId("old");
    private static final NodeId NODE = new NodeId("n1");
    private static final Key KEY = Key.of("user/1 \u00e9");
    private static final Record RECORD = new Record(new Version(7, 1, 1, 0), Value.of("value"));

    @TempDir
    Path folder;

    private Path data;
    private Path checkpoint;
    private Path restored;
    private String out = "";
    private String err = "";

    @BeforeEach
    void aNodesDirectory() throws Exception {
        data = folder.resolve("data");
        checkpoint = folder.resolve("checkpoints").resolve("one");
        restored = folder.resolve("restored");
        try (DataDirectory directory = DataDirectory.create(new RealDisk(data))) {
            IdentityFile.create(directory, CLUSTER, NODE);
            IdentityFile.claim(directory, CLUSTER, NODE);
        }
        CompletableFuture<Void> applied = new CompletableFuture<>();
        withStore(data, store -> {
            store.put(KEY, RECORD, new Completion() {
                @Override
                public void applied() {
                    applied.complete(null);
                }

                @Override
                public void refused(RefusedException why) {
                    applied.completeExceptionally(why);
                }

                @Override
                public void unknown(UnknownOutcomeException why) {
                    applied.completeExceptionally(why);
                }
            });
            applied.join();
        });
    }

    private interface Work {
        void run(Store store);
    }

    private static void withStore(Path directory, Work work) throws IOException {
        try (DataDirectory opened = DataDirectory.open(new RealDisk(directory));
                StorageThreads threads = StorageThreads.start("test");
                Store store =
                        Store.open(opened, StoreOptions.DEFAULTS, threads.forStore(), StoreCommandTest::rethrow)) {
            work.run(store);
        }
    }

    private static void rethrow(StoreException failure) {
        throw failure;
    }

    private int run(Object... arguments) {
        StringWriter standard = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = Quorate.commandLine()
                .setOut(new PrintWriter(standard))
                .setErr(new PrintWriter(errors))
                .execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        out = standard.toString();
        err = errors.toString();
        return code;
    }

    private int restore(String cluster) {
        return run(
                "store",
                "restore",
                "--from",
                checkpoint,
                "--alone",
                "--to",
                restored,
                "--cluster",
                cluster,
                "--node",
                "n2");
    }

    @Test
    void verifyFindsNothingInAHealthyStore() {
        assertEquals(0, run("store", "verify", "--data", data), () -> out + err);
        assertTrue(out.contains("damaged places 0"), out);
        assertEquals("", err);
    }

    @Test
    void verifyNamesTheFileAndTheOffsetOfDamage() throws IOException {
        Path identity = data.resolve("identity");
        byte[] bytes = Files.readAllBytes(identity);
        bytes[bytes.length - 1] ^= 1;
        Files.write(identity, bytes);
        Path current = data.resolve("CURRENT");
        bytes = Files.readAllBytes(current);
        bytes[15] ^= 1;
        Files.write(current, bytes);
        assertEquals(1, run("store", "verify", "--data", data));
        assertTrue(out.contains("damage    " + identity + " at offset 24: the checksum is wrong"), out);
        assertTrue(out.contains("damage    " + current + " at offset "), out);
    }

    @Test
    void aDirectoryInUseIsRefused() throws IOException {
        withStore(data, store -> {
            for (String command : new String[] {"verify", "dump"}) {
                assertEquals(1, run("store", command, "--data", data));
                assertTrue(err.contains("another process uses the data directory " + data), err);
            }
            assertEquals(1, run("store", "checkpoint", "--data", data, "--to", checkpoint));
        });
    }

    @Test
    void wrongUsageIsToldApart() {
        assertEquals(2, run("store", "verify"));
        assertEquals(1, run("store", "verify", "--data", folder.resolve("absent")));
        assertEquals(0, run("store", "restore", "--help"));
    }

    @Test
    void dumpShowsTheEntries() {
        assertEquals(0, run("store", "dump", "--data", data, "--entries"), () -> err);
        assertTrue(out.contains("1:user/1%20%C3%A9  7.1.1.0  5 bytes"), out);
    }

    @Test
    void aCheckpointIsRestoredIntoAnotherClusterOnly() throws IOException {
        assertEquals(0, run("store", "checkpoint", "--data", data, "--to", checkpoint), () -> err);
        assertEquals(0, run("store", "verify", "--data", checkpoint), () -> out + err);
        assertEquals(1, restore("old"));
        assertTrue(err.contains("Restore all nodes into a cluster of another name"), err);
        assertEquals(0, restore("new"), () -> err);
        assertEquals(1, restore("new"));
        assertTrue(err.contains("is not empty"), err);
        try (DataDirectory directory = DataDirectory.open(new RealDisk(restored))) {
            assertEquals(
                    2,
                    IdentityFile.claim(directory, new ClusterId("new"), new NodeId("n2"))
                            .incarnation());
        }
        withStore(restored, store -> assertEquals(RECORD, store.get(KEY)));
        assertEquals(0, run("store", "verify", "--data", checkpoint), () -> out + err);
    }

    /** However often a checkpoint is restored, no two directories have one disk, nor what its origin agreed on. */
    @Test
    void eachRestoredDirectoryHasADiskOfItsOwn() throws IOException {
        assertEquals(0, run("store", "checkpoint", "--data", data, "--to", checkpoint), () -> err);
        Path twin = folder.resolve("twin");
        Set<Optional<DiskId>> disks = new HashSet<>();
        disks.add(diskOf(data));
        for (Path target : List.of(restored, twin)) {
            assertEquals(
                    0,
                    run(
                            "store",
                            "restore",
                            "--from",
                            checkpoint,
                            "--alone",
                            "--to",
                            target,
                            "--cluster",
                            "new",
                            "--node",
                            "n2"),
                    () -> err);
            disks.add(diskOf(target));
            assertFalse(Files.exists(target.resolve("members")));
            assertEquals(0, run("store", "verify", "--data", target), () -> out + err);
            assertTrue(out.startsWith("node n2 of cluster new, incarnation "), out);
            assertTrue(out.contains(", disk " + diskOf(target).orElseThrow()), out);
        }
        assertEquals(3, disks.size(), disks::toString);
        assertFalse(disks.contains(Optional.<DiskId>empty()));
    }

    private static Optional<DiskId> diskOf(Path directory) throws IOException {
        return IdentityFile.of(new RealDisk(directory)).orElseThrow().disk();
    }

    @Test
    void noNodeStartsOnACheckpointNorOnPartOfOne() throws IOException {
        assertEquals(0, run("store", "checkpoint", "--data", data, "--to", checkpoint), () -> err);
        try (DataDirectory directory = DataDirectory.open(new RealDisk(checkpoint))) {
            CannotOpenException e =
                    assertThrows(CannotOpenException.class, () -> IdentityFile.claim(directory, CLUSTER, NODE));
            assertTrue(e.getMessage().contains("belongs to no node"), e::getMessage);
        }
        Files.delete(checkpoint.resolve("CURRENT"));
        assertEquals(1, restore("new"));
        assertTrue(err.contains("it was cut off before its end"), err);
        assertEquals(1, run("store", "verify", "--data", checkpoint));
        assertEquals(
                1,
                run("store", "restore", "--from", data, "--alone", "--to", restored, "--cluster", "c", "--node", "n"));
        assertTrue(err.contains("is no checkpoint"), err);
    }
}
