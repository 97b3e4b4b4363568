package io.quorate.node.lsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.ClusterId;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.node.identity.IdentityFile;
import io.quorate.node.lsm.commit.Completion;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.threads.StorageThreads;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store as production composes it: real files, real threads. */
class StoreOnARealDiskTest {
    private static final ClusterId CLUSTER = new ClusterId("c");
    private static final NodeId NODE = new NodeId("n1");

    @TempDir
    Path directory;

    @Test
    void whatWasWrittenIsThereAfterReopening() throws Exception {
        try (DataDirectory data = DataDirectory.create(new RealDisk(directory))) {
            IdentityFile.create(data, CLUSTER, NODE);
        }
        for (int life = 1; life <= 3; life++) {
            writeAndReadInOneLife(life);
        }
    }

    private void writeAndReadInOneLife(int life) throws Exception {
        StoreOptions options =
                StoreOptions.DEFAULTS.withMemtableBytes(256 << 10).withBallastBytes(2 << 20);
        try (DataDirectory data = DataDirectory.open(new RealDisk(directory));
                StorageThreads threads = StorageThreads.start("test");
                Store store = Store.open(data, options, threads.forStore(), StoreOnARealDiskTest::rethrow)) {
            assertEquals(life, IdentityFile.claim(data, CLUSTER, NODE).incarnation());
            if (life > 1) {
                assertEquals(record(life - 1, 7), store.get(key(7)));
            }
            CompletableFuture<Void> last = new CompletableFuture<>();
            for (int i = 0; i < 3_000; i++) {
                last = put(store, key(i), record(life, i));
            }
            last.get();
            for (int i = 0; i < 3_000; i++) {
                assertEquals(record(life, i), store.get(key(i)));
            }
            assertEquals(Record.NEVER_WRITTEN, store.get(key(3_000)));
            assertTrue(store.statistics().figures().log().forces() < 3_000);
        }
    }

    private static void rethrow(StoreException failure) {
        throw failure;
    }

    private static Key key(int i) {
        return Key.of(String.format("key-%05d", i));
    }

    private static Record record(int life, int i) {
        return new Record(new Version(life, 1, i, 0), Value.of("value ".repeat(50) + i + " of " + life));
    }

    private static CompletableFuture<Void> put(Store store, Key key, Record record) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        store.put(key, record, new Completion() {
            @Override
            public void applied() {
                future.complete(null);
            }

            @Override
            public void refused(RefusedException why) {
                future.completeExceptionally(why);
            }

            @Override
            public void unknown(UnknownOutcomeException why) {
                future.completeExceptionally(why);
            }
        });
        return future;
    }
}
