package io.quorate.common.loop;

/** Whether an event loop should read more requests of clients now. Asked on that loop, several times a turn. */
public interface Intake {
    boolean isOpen();
}
