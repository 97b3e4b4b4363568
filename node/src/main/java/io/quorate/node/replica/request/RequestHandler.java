package io.quorate.node.replica.request;

import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import java.util.function.Consumer;

/** Replies to one kind of request, once, on the caller's thread or later on another. */
public interface RequestHandler<R extends Request> {
    void handle(R request, Consumer<Reply> reply);
}
