/**
 * Merging sorted sources into one: of each key the highest version wins, whichever source it comes from, so any set of
 * tables is a legal input. {@link io.quorate.node.lsm.compaction.TableMerge} does it in steps, so that one thread can do
 * other work between two of them.
 */
package io.quorate.node.lsm.compaction;
