package io.quorate.deploy.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The generator stands for other machines, so it must not wait for the nodes' processors. Linux shares processors among
 * sessions, and each node has its own. A system without this file shares them among threads, as ever.
 */
public final class ProcessorShare {
    private static final String NICE = "5";

    private ProcessorShare() {}

    /** Lets the session of this process have less. */
    public static void yieldToGenerator(long pid) throws IOException {
        Path share = Path.of("/proc", Long.toString(pid), "autogroup");
        if (Files.isWritable(share)) {
            Files.writeString(share, NICE, StandardOpenOption.WRITE);
        }
    }
}
