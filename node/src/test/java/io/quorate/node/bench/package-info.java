/**
 * {@code scripts/bench store}: the store beside RocksDB, case by case, each case of each in a JVM of its own. {@link
 * io.quorate.node.bench.StoreBenchmark} is the command, {@link io.quorate.node.bench.CaseRun} what its children run,
 * {@link io.quorate.node.bench.Case} what there is to run, {@link io.quorate.node.bench.Engine} what both have to be able
 * to do. What knows RocksDB lies in {@code src/rocksdb} and is compiled only in the profile {@code store-benchmark}.
 */
package io.quorate.node.bench;
