/**
 * A disk in memory for tests and for the cluster simulation. It forgets bytes that no force made durable, in every way
 * that a real disk may. It fills up, fails, transfers less than it is asked for, rots, and puts bytes at wrong places.
 * It also reports a store that breaks a rule for all stores, such as using a file after a failed force.
 * {@link io.quorate.node.lsm.crashdisk.CrashDisk} is the disk and its controls,
 * {@link io.quorate.node.lsm.crashdisk.Survivors} the ways to lose power,
 * {@link io.quorate.node.lsm.crashdisk.CrashAtEveryOperation} the exhaustive mode.
 */
package io.quorate.node.lsm.crashdisk;
