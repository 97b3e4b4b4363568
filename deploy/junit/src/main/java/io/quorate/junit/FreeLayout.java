package io.quorate.junit;

import io.quorate.deploy.local.folder.PortLayout;
import io.quorate.deploy.local.process.Ports;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Finds a layout on whose ports no process listens. The range is below the one from which systems take ports for
 * clients.
 */
final class FreeLayout {
    private static final int FIRST = 12_000;
    private static final int LAST = 30_000;
    private static final int PEERS_ABOVE_HTTP = 10;
    private static final int PLACES = 50;

    private FreeLayout() {}

    /** Another process may be faster to take them. Then the nodes do not start, and say so. */
    static PortLayout of(int nodes) {
        return Stream.generate(() -> ThreadLocalRandom.current().nextInt(FIRST, LAST))
                .limit(PLACES)
                .map(base -> new PortLayout(nodes, base, base + PEERS_ABOVE_HTTP))
                .filter(layout -> Ports.taken(layout, layout.nodes()).isEmpty())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("no free ports were found between " + FIRST + " and " + LAST));
    }
}
