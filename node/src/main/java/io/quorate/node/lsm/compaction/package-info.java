/**
 * Which tables to merge, and merging them. The highest version of each key wins, whichever source it comes from. So any
 * set of tables is a legal input, and levels are a matter of cost only.
 *
 * <p>{@link io.quorate.node.lsm.compaction.CompactionStrategy} decides, as pure code over
 * {@link io.quorate.node.lsm.compaction.Levels}. {@link io.quorate.node.lsm.compaction.TableMerge} merges in steps, so
 * that a thread can do other work between two steps. {@link io.quorate.node.lsm.compaction.CompactionPace} slows merges
 * down while little is due, and {@link io.quorate.node.lsm.compaction.WriteDelay} slows writers down to the
 * {@link io.quorate.node.lsm.compaction.SustainableRate} when merges fall behind.
 */
package io.quorate.node.lsm.compaction;
