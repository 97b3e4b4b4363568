/**
 * The store of one node: a log-structured merge tree over registers. {@link io.quorate.node.lsm.Store} is its public
 * face. A write goes from the caller through {@link io.quorate.node.lsm.commit.Committer} on the log thread to the log and the
 * memtable; {@link io.quorate.node.lsm.maintenance.Maintenance} turns full memtables into tables and many tables into one; {@link
 * io.quorate.node.lsm.recovery.Recovery} makes a store out of what a directory holds. Nothing can be read before it is durable.
 */
package io.quorate.node.lsm;
