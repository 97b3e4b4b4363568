/**
 * Work in the background: flushes turn full memtables into tables, merges turn many tables into few.
 */
package io.quorate.node.lsm.maintenance;
