/**
 * The seam to the disk: one flat directory of files with positional reads and writes, and the calls that make data and
 * names durable. Nothing is durable because it was written: file contents need {@link
 * io.quorate.node.lsm.disk.DiskFile#force}, names need {@link io.quorate.node.lsm.disk.Disk#forceDirectory}. Tests put a
 * disk under it that forgets everything else.
 */
package io.quorate.node.lsm.disk;
