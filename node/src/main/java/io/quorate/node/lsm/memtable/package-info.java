/**
 * The writes that are in the log and in no table yet, sorted, in memory outside the heap. The log thread is the only
 * writer. Readers take no lock. Other packages use only {@link io.quorate.node.lsm.memtable.Memtable}. Below it are the
 * arena with its chunks, the layout of nodes and states in it, and the two ways to a node: by order and by hash.
 */
package io.quorate.node.lsm.memtable;
