package io.quorate.deploy.bench.load;

import io.vertx.core.buffer.Buffer;

/** Opens connections to the cluster. The seam at which a test puts a server without sockets. */
interface Connector {
    /** Calls {@code events} on the event loop of its caller, and not before this method returns. */
    void connect(SocketEvents events);

    /** An open connection. */
    interface ClientSocket {
        void write(Buffer bytes);

        void close();
    }

    /** What happens to a connection. Exactly one of {@link #connected} and {@link #refused} comes first. */
    interface SocketEvents {
        void connected(ClientSocket socket);

        void refused();

        void received(Buffer bytes);

        /** Also after {@link ClientSocket#close}. */
        void closed();
    }
}
