package io.quorate.deploy.cluster;

import java.util.List;

/**
 * Keeps a replica that comes back behind, so that a test sees what reads do for it: its hints take at least
 * {@value #SECONDS_LEAST} seconds. Both keepers are busy for so long, each at its end of the keys, before one reaches
 * the keys of the test. Without hints at all, the replica would be behind for a shorter time: a pass over all keys is
 * hurried then.
 */
public final class LongHandoff {
    private static final int BYTES_PER_SECOND = 64 << 10;
    private static final int VALUE_BYTES = 1 << 20;
    private static final List<String> FIRST_KEYS = List.of("!1", "!2");
    private static final List<String> LAST_KEYS = List.of("~1", "~2");
    private static final int SECONDS_LEAST = 2 * VALUE_BYTES / BYTES_PER_SECOND;

    /** Lines of YAML for every node's file. */
    public static final String OPTIONS = "hintBytesPerSecondMax: " + BYTES_PER_SECOND + "\n";

    private LongHandoff() {}

    /** To be called while the replica is down. */
    public static void prepare(KvClient client, LocalNode through) {
        String value = "v".repeat(VALUE_BYTES);
        FIRST_KEYS.forEach(key -> client.put(through, key, value));
        LAST_KEYS.forEach(key -> client.put(through, key, value));
    }
}
