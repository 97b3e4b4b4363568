/**
 * The log: frames in segments. A frame is one group commit, made durable by one force.
 * {@link io.quorate.node.lsm.wal.FrameAppender} writes frames and {@link io.quorate.node.lsm.wal.FrameScanner} reads
 * them back and distinguishes a torn end from rot. The manifest uses both too. {@link io.quorate.node.lsm.wal.Log} is
 * the sequence of segments, one for each memtable, and {@link io.quorate.node.lsm.wal.LogReplay} walks them at the
 * start.
 *
 * <pre>
 * segment  := file header | salt | frame(SEGMENT_START) | frame(WRITES)* | rest
 * rest     := zeros, or what an earlier use of the file left there
 * </pre>
 */
package io.quorate.node.lsm.wal;
