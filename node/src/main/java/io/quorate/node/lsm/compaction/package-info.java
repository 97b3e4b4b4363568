/**
 * Which tables to merge, and merging them: of each key the highest version wins, whichever source it comes from, so any
 * set of tables is a legal input and levels are a matter of cost only.
 *
 * <p>{@link io.quorate.node.lsm.compaction.CompactionStrategy} decides, as pure code over {@link
 * io.quorate.node.lsm.compaction.Levels}; {@link io.quorate.node.lsm.compaction.TableMerge} carries out in steps, so that a
 * thread can do other work between two of them; {@link io.quorate.node.lsm.compaction.CompactionPace} and {@link
 * io.quorate.node.lsm.compaction.WriteDelay} say who waits for how long when merges fall behind.
 */
package io.quorate.node.lsm.compaction;
