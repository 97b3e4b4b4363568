package io.quorate.benchmark.store;

import io.quorate.node.lsm.options.StoreOptions;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;

/** What is compared. */
enum EngineKind {
    ROCKSDB("RocksDB"),
    QUORATE("Quorate");

    private static final String ROCKSDB_CLASS = "io.quorate.benchmark.store.RocksEngine";

    private final String label;

    EngineKind(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** RocksDB's is native memory. */
    boolean hasCacheOnHeap() {
        return this == QUORATE;
    }

    /** Opens the store in a folder, and makes one if there is none. */
    Engine open(Path directory, StoreOptions options) {
        return this == QUORATE ? QuorateEngine.open(directory, options) : openRocks(directory, options);
    }

    private static Engine openRocks(Path directory, StoreOptions options) {
        try {
            return (Engine) Class.forName(ROCKSDB_CLASS)
                    .getDeclaredConstructor(Path.class, StoreOptions.class)
                    .newInstance(directory, options);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "RocksDB is not on the class path; run scripts/bench store, which puts it there", e);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("RocksDB does not open " + directory, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(ROCKSDB_CLASS, e);
        }
    }
}
