package io.quorate.deploy.bench.request;

import io.vertx.core.buffer.Buffer;

/** What is said on one connection, one request at a time. Belongs to the event loop of its connection. */
public interface Dialogue {
    /** What a client sends first, before any request. May be empty. */
    Buffer opening();

    Buffer request(RequestKind kind, long key);

    /** Takes bytes of the server, in whatever parts they come. */
    void received(Buffer bytes);
}
