package io.quorate.node.convergence.handoff;

import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import java.util.Optional;
import java.util.function.Consumer;

/** The seam to another member of the cluster. Used on one event loop. Callbacks run on that loop too. */
public interface HintTarget {
    /** Its place in the order of the members' names. */
    int place();

    /** Whether it answers heartbeats and has a vote. */
    boolean takesPart();

    /** @param answer receives the reply once, or empty if there is none */
    void ask(Request request, Consumer<Optional<Reply>> answer);
}
