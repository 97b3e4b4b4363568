package io.quorate.deploy.bench.load;

import io.quorate.deploy.bench.request.HttpAnswer;
import io.quorate.deploy.bench.request.RequestKind;
import io.quorate.deploy.bench.request.ResponseParser;
import io.vertx.core.buffer.Buffer;

/** One connection of a group, with at most one request on it. Belongs to the event loop. */
final class GroupConnection implements Connector.SocketEvents {
    /** The group that opened the connection. */
    interface Owner {
        void connected(GroupConnection connection);

        /** The connection could not be opened. */
        void refused();

        void answered(GroupConnection connection, DueRequest request, HttpAnswer answer);

        /**
         * @param lost the request that was on the connection, or null
         * @param wasExpected whether the client closed it
         */
        void closed(GroupConnection connection, DueRequest lost, boolean wasExpected);
    }

    /** One request from the time at which it was due to its end. Belongs to the event loop. */
    static final class DueRequest {
        private final long dueNs;
        private RequestKind kind;
        private GroupConnection connection;
        private boolean ended;

        DueRequest(long dueNs) {
            this.dueNs = dueNs;
        }

        long dueNs() {
            return dueNs;
        }

        void sent(RequestKind sentKind, GroupConnection over) {
            kind = sentKind;
            connection = over;
        }

        boolean isSent() {
            return connection != null;
        }

        /** Of an attempt that was sent. */
        RequestKind kind() {
            return kind;
        }

        GroupConnection connection() {
            return connection;
        }

        boolean hasEnded() {
            return ended;
        }

        void end() {
            if (ended) {
                throw new IllegalStateException("a request ends twice");
            }
            ended = true;
        }
    }

    private final Owner owner;
    private final ResponseParser parser = new ResponseParser(this::answered);
    private Connector.ClientSocket socket;
    private DueRequest attempt;
    private boolean abandoned;

    GroupConnection(Owner owner) {
        this.owner = owner;
    }

    void send(DueRequest next, PlannedRequest request) {
        attempt = next;
        next.sent(request.kind(), this);
        socket.write(request.bytes());
    }

    /** The client sends no more: the server sees the connection end. */
    void abandon() {
        abandoned = true;
        attempt = null;
        socket.close();
    }

    boolean isAbandoned() {
        return abandoned;
    }

    @Override
    public void connected(Connector.ClientSocket connected) {
        socket = connected;
        owner.connected(this);
    }

    @Override
    public void refused() {
        owner.refused();
    }

    @Override
    public void received(Buffer bytes) {
        if (!abandoned) {
            parser.add(bytes);
        }
    }

    private void answered(HttpAnswer answer) {
        DueRequest done = attempt;
        attempt = null;
        if (done == null) {
            socket.close(); // a server may say why it closes an idle connection
            return;
        }
        if (answer.endsConnection()) {
            abandon();
        }
        owner.answered(this, done, answer);
    }

    @Override
    public void closed() {
        boolean wasExpected = abandoned;
        abandoned = true;
        DueRequest lost = attempt;
        attempt = null;
        owner.closed(this, lost, wasExpected);
    }
}
