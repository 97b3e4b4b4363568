package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Reply;

/**
 * I13: after healing, quiet and a read through every node, all registers are equal and nothing is left to be finished.
 */
final class I13AllAgreeAtLast extends Invariant {
    I13AllAgreeAtLast(Violations violations) {
        super(13, violations);
    }

    /** @param reply what a replica with a vote says of the key by itself */
    void atLast(Key key, Record read, Reply reply) {
        boolean agrees = reply instanceof RecordReply held
                && held.record().equals(read)
                && held.accepted().isEmpty();
        if (!agrees) {
            violated(key + " reads as " + read + " at every node, and a replica says " + reply);
        }
    }
}
