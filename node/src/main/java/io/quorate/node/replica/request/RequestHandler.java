package io.quorate.node.replica.request;

import io.quorate.common.wire.Message.Request;

/** Replies to one kind of request, once, on the caller's thread or later on another. */
public interface RequestHandler<R extends Request> {
    void handle(R request, PendingReply reply);
}
