/**
 * {@code scripts/bench store}: the store beside RocksDB, case by case, each case of each in a JVM of its own.
 * {@link io.quorate.benchmark.store.StoreBenchmark} is the command, {@link io.quorate.benchmark.store.CaseRun} what its
 * children run, {@link io.quorate.benchmark.store.Case} what there is to run, {@link io.quorate.benchmark.store.Engine}
 * what both have to be able to do. The code that knows RocksDB lies in {@code src/rocksdb} and is compiled only in the
 * profile {@code store-benchmark}.
 */
package io.quorate.benchmark.store;
