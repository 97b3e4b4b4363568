package io.quorate.benchmark.store;

import java.nio.file.Path;

/**
 * The task of a child process.
 *
 * @param directory the data of this engine and size
 */
record Settings(EngineKind engine, Case which, String directory, Dataset dataset, Timing timing, MemorySizes memory) {
    Engine open(Path where) {
        return engine.open(where, memory.options());
    }
}
