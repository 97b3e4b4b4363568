package io.quorate.common.statistics;

/**
 * How long the files of a data directory are, in bytes, by what they are for. Checkpoints do not count: they share most
 * of their files with the store.
 *
 * @param tables also those that were replaced, until the last read of them has ended
 * @param log with the segment that is kept to be written again
 * @param ballast what the store gives up when the disk is full
 * @param other the manifest, the identity, and what a wipe put aside
 */
public record FileFigures(long tables, long log, long ballast, long other) {
    public long bytes() {
        return tables + log + ballast + other;
    }
}
