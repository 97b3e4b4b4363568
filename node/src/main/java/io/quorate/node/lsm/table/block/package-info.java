/** Blocks, of which tables are made: their format, compression, search and cursors. */
package io.quorate.node.lsm.table.block;
