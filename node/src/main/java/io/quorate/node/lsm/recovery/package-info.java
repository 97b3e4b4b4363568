/**
 * Opening a store. Recovery reads the manifest and replays the log into new tables. It forces both before the store
 * shows anything. Then {@link io.quorate.node.lsm.recovery.OpenStore} has the parts that the threads share.
 */
package io.quorate.node.lsm.recovery;
