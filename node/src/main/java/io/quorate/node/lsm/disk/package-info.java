/**
 * The seam to the disk: one flat directory of files with positional reads and writes, and the calls that make data and
 * names durable. A write alone makes nothing durable. File contents need
 * {@link io.quorate.node.lsm.disk.DiskFile#force}, names need {@link io.quorate.node.lsm.disk.Disk#forceDirectory}.
 * Tests use a disk that forgets everything else.
 */
package io.quorate.node.lsm.disk;
