/**
 * Sorted tables: immutable files of blocks with an index, a Bloom filter and properties, all checksummed.
 * {@link io.quorate.node.lsm.table.TableWriter} makes a table, and {@link io.quorate.node.lsm.table.Table} reads one.
 * {@link io.quorate.node.lsm.table.TableFormat} and {@link io.quorate.node.lsm.table.block.BlockFormat} draw the
 * format.
 */
package io.quorate.node.lsm.table;
