/** The counters of a store, and the snapshot of them that wire, JSON and metrics show. */
package io.quorate.node.lsm.statistics;
