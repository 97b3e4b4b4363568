/** Background work. Flushes turn full memtables into tables. Merges turn many tables into few. */
package io.quorate.node.lsm.maintenance;
