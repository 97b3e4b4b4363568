package io.quorate.node.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StorageThreadsTest {
    /** A thread that begins with its first task may not be allowed then. The task would be lost, and the store stop. */
    @Test
    void allThreadsRunBeforeTheFirstTask() {
        try (StorageThreads threads = StorageThreads.start("early")) {
            Set<String> running = Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> name.startsWith("early-"))
                    .collect(Collectors.toSet());
            assertEquals(
                    Set.of(
                            "early-log",
                            "early-maintenance",
                            "early-compaction",
                            "early-reader",
                            "early-verifier",
                            "early-timer"),
                    running,
                    threads::toString);
        }
    }
}
