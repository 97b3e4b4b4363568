package io.quorate.deploy.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * While something is run so, the simulated nodes log nothing: that a disk failed is what was meant to happen. Threads
 * may run something so at the same time. The last one that ends ends the silence.
 */
public final class Silence {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger("io.quorate");

    private static int running;
    private static Level before;

    private Silence() {}

    public static void during(Runnable action) {
        begin();
        try {
            action.run();
        } finally {
            end();
        }
    }

    private static synchronized void begin() {
        if (running++ == 0) {
            before = LOGGER.getLevel();
            LOGGER.setLevel(Level.OFF);
        }
    }

    private static synchronized void end() {
        if (--running == 0) {
            LOGGER.setLevel(before);
        }
    }
}
