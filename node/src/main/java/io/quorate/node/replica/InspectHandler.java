package io.quorate.node.replica;

import io.quorate.common.wire.Message.Condition;

/** Tells how this replica and its process are. */
@FunctionalInterface
public interface InspectHandler {
    Condition inspect();
}
