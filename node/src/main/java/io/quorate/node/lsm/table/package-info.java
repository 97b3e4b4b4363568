/**
 * Sorted tables: immutable files of blocks with an index, a Bloom filter and properties, all checksummed. {@link
 * io.quorate.node.lsm.table.TableWriter} makes one and {@link io.quorate.node.lsm.table.Table} answers from one; {@link
 * io.quorate.node.lsm.table.TableFormat} and {@link io.quorate.node.lsm.table.block.BlockFormat} draw what is between them.
 */
package io.quorate.node.lsm.table;
