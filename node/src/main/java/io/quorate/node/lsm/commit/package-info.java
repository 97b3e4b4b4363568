/**
 * The log thread. It drains the queue of writes, writes one group to the log, forces it, and publishes it to the
 * memtable. Only then it completes the callers (I6). {@link io.quorate.node.lsm.commit.WriteAdmission} decides which
 * writes are refused, and when the log thread has to wait.
 */
package io.quorate.node.lsm.commit;
