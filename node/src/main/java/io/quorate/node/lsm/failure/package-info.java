/**
 * How the store reports failures. Each class states what its catcher may conclude. There are four cases: nothing was
 * applied, the outcome is unknown, bytes on disk are wrong, or this program must not open the directory.
 */
package io.quorate.node.lsm.failure;
