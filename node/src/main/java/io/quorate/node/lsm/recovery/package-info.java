/**
 * Opening a store: the manifest is read, the log replayed into new tables, and both are forced before anything is shown.
 */
package io.quorate.node.lsm.recovery;
