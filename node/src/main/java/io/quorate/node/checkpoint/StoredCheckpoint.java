package io.quorate.node.checkpoint;

/**
 * A directory below {@code checkpoints}.
 *
 * @param complete whether it is a checkpoint. Otherwise a crash cut it off
 * @param bytes length of its files. On one file system it shares those of its tables with the store
 * @param madeMs when the last file was written, in milliseconds since 1970
 */
public record StoredCheckpoint(String name, boolean complete, long bytes, long tableCount, long madeMs) {}
