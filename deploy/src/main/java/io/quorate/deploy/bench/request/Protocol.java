package io.quorate.deploy.bench.request;

import io.vertx.core.buffer.Buffer;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** How the clients of a load talk to a server. */
public interface Protocol {
    /** Begins the dialogue of one connection. */
    interface Dialogues {
        /**
         * @param out takes what the protocol sends by itself, such as acknowledgements
         * @param answered receives each whole answer
         */
        Dialogue begin(Consumer<Buffer> out, Consumer<HttpAnswer> answered);
    }

    /**
     * The dialogues of all clients of one event loop.
     *
     * @param valueBytes the length of each value that they write
     * @param random chooses the values
     */
    Dialogues with(int valueBytes, SplittableRandom random);
}
