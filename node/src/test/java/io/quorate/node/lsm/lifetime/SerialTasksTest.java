package io.quorate.node.lsm.lifetime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class SerialTasksTest {
    private final Queue<Runnable> submitted = new ArrayDeque<>();
    private final SerialTasks log = new SerialTasks("log", submitted::add);

    @Test
    void aTaskOwnsTheFieldsOfItsExecutorAndNobodyElseDoes() {
        List<String> done = new ArrayList<>();
        log.submit(log.task(() -> {
            log.requireInTask();
            done.add("task");
        }));
        assertThrows(IllegalStateException.class, log::requireInTask);
        submitted.remove().run();
        assertEquals(List.of("task"), done);
        assertThrows(IllegalStateException.class, log::requireInTask);
    }

    @Test
    void tasksOfSeveralExecutorsMayRunOnOneThread() {
        SerialTasks maintenance = new SerialTasks("maintenance", submitted::add);
        maintenance.submit(maintenance.task(() -> {
            maintenance.requireInTask();
            String message = assertThrows(IllegalStateException.class, log::requireInTask)
                    .getMessage();
            assertTrue(message.contains("only the log thread"), message);
        }));
        submitted.remove().run();
    }

    @Test
    void aTaskThatFailsOwnsNothingAfterwards() {
        log.submit(log.task(() -> {
            throw new IllegalArgumentException("planned");
        }));
        assertThrows(IllegalArgumentException.class, () -> submitted.remove().run());
        assertThrows(IllegalStateException.class, log::requireInTask);
    }

    @Test
    void aTaskWithinAnotherOneIsRefused() {
        log.submit(log.task(log.task(() -> {})));
        assertThrows(IllegalStateException.class, () -> submitted.remove().run());
    }
}
