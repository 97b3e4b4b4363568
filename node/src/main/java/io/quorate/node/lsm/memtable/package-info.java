/**
 * The writes that are in the log and in no table yet, sorted, in memory outside the heap. The log thread is the only
 * writer. Readers take no lock. Other packages use only {@link io.quorate.node.lsm.memtable.Memtable}. Below it is the
 * arena with its chunks and the layout of nodes and states. Two ways lead to a node: by order and by hash.
 */
package io.quorate.node.lsm.memtable;
