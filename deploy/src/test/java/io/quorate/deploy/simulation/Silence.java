package io.quorate.deploy.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** While something is run so, the simulated nodes log nothing: that a disk failed is what was meant to happen. */
public final class Silence {
    private Silence() {}

    public static void during(Runnable action) {
        Logger logger = (Logger) LoggerFactory.getLogger("io.quorate");
        Level before = logger.getLevel();
        logger.setLevel(Level.OFF);
        try {
            action.run();
        } finally {
            logger.setLevel(before);
        }
    }
}
