/**
 * Figures of a store: what its threads count, and the snapshot that is shown.
 */
package io.quorate.node.lsm.statistics;
