package io.quorate.node.server;

/** Receives the callers of the peer port whose certificate is wrong. Called on event loops, so it never blocks. */
public interface RefusedCallers {
    RefusedCallers NONE = (address, reason) -> {};

    void refused(String address, String reason);
}
