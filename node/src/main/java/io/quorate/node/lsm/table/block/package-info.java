/** Blocks, of which tables are made: their format, compression, search, cursors and cache. */
package io.quorate.node.lsm.table.block;
