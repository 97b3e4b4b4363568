/**
 * The block cache: which blocks of tables stay in memory. {@link io.quorate.node.lsm.table.cache.BlockCache} explains
 * it.
 */
package io.quorate.node.lsm.table.cache;
