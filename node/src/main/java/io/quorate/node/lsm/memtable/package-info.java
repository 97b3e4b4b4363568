/**
 * What is in the log and not yet in a table, sorted, in memory. The log thread is the only writer; readers take no lock.
 */
package io.quorate.node.lsm.memtable;
