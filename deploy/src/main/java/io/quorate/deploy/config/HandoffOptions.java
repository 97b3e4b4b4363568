package io.quorate.deploy.config;

/**
 * How a replica keeps hints for others, and sends them what they missed.
 *
 * @param hintsMax the most keys that this replica notes for one other replica that is away. 0 notes none. Each takes
 *     some 60 bytes of disk. Too low, and reads have to repair the keys that are not noted. Too high, and a replica
 *     that never comes back takes disk space on all others. Default 1000000
 * @param hintBytesPerSecondMax the most bytes a second that this replica sends to one that came back. Too low, and that
 *     one is behind for longer. Too high takes disk and network from requests. Default 32 MiB
 */
public record HandoffOptions(int hintsMax, int hintBytesPerSecondMax) implements OptionGroup {
    static HandoffOptions take(Options options) {
        return new HandoffOptions(
                options.integer("hintsMax", 0, 100_000_000, 1_000_000),
                options.integer("hintBytesPerSecondMax", 64 << 10, 1 << 30, 32 << 20));
    }
}
