/**
 * The store of one node: a log-structured merge tree over registers. {@link io.quorate.node.lsm.Store} is its public
 * face. The {@link io.quorate.node.lsm.commit.Committer} takes a write to the log and then to the memtable, on the log
 * thread. The {@link io.quorate.node.lsm.maintenance.Flusher} turns full memtables into tables. The
 * {@link io.quorate.node.lsm.maintenance.Compactor} merges tables. {@link io.quorate.node.lsm.recovery.Recovery} makes
 * a store from the files in a directory. Reads return only what is durable.
 */
package io.quorate.node.lsm;
