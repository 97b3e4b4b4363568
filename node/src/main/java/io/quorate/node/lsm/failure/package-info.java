/**
 * How the store says no. Each class states what its catcher may conclude: that nothing was applied, that nobody knows,
 * that bytes on disk are wrong, or that a directory is not one this program may open.
 */
package io.quorate.node.lsm.failure;
