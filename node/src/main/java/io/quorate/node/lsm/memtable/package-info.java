/**
 * What is in the log and not yet in a table, sorted, in memory outside the heap. The log thread is the only writer;
 * readers take no lock. {@link io.quorate.node.lsm.memtable.Memtable} is all that others need; below it are the arena and
 * its chunks, the layout of nodes and states in it, and the two ways to a node, by order and by hash.
 */
package io.quorate.node.lsm.memtable;
