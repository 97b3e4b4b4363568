/**
 * The log thread: it drains the queue of writes, writes one group to the log, forces it, publishes it to the memtable and
 * only then tells the callers.
 */
package io.quorate.node.lsm.commit;
