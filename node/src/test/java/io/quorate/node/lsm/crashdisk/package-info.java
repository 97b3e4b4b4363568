/**
 * A disk in memory for tests and for the cluster simulation. It forgets what no force made durable, in every way that a
 * real one may; it fills up, fails, transfers less than it is asked for, rots, and puts bytes where they do not belong;
 * and it complains about a store that does what no store may. {@link io.quorate.node.lsm.crashdisk.CrashDisk} is the
 * disk and its controls, {@link io.quorate.node.lsm.crashdisk.Survivors} the ways to lose power,
 * {@link io.quorate.node.lsm.crashdisk.CrashAtEveryOperation} the exhaustive mode.
 */
package io.quorate.node.lsm.crashdisk;
