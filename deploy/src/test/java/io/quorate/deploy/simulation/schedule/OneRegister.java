package io.quorate.deploy.simulation.schedule;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Horizon;
import io.quorate.common.model.Record;
import io.quorate.common.model.request.RequestTrace;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Accepted;
import io.quorate.common.wire.Message.Promise;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.common.wire.Message.Stored;
import java.util.Optional;

/** All replicas have the same register. They judge a request at once, and some replies are under way for long. */
abstract class OneRegister implements ScriptedReplicas.Script {
    private Record register = Record.NEVER_WRITTEN;

    /** Whether the reply to this request takes long. */
    abstract boolean isSlow(Request request);

    @Override
    public final long delayMs(int replica, Request request) {
        return isSlow(request) ? 50 : 1;
    }

    @Override
    public Optional<Reply> reply(int replica, Request request) {
        if (request instanceof StoreRequest store) {
            keepIfNewer(store.record());
            return Optional.of(new Stored());
        }
        if (request instanceof Accept accept) {
            keepIfNewer(accept.proposal().record());
            return Optional.of(new Accepted());
        }
        return Optional.of(
                request instanceof Query
                        ? new RecordReply(register)
                        : new Promise(register, Optional.empty(), Ballot.ZERO, RequestTrace.NONE, Horizon.NONE));
    }

    private void keepIfNewer(Record record) {
        if (record.isNewerThan(register)) {
            register = record;
        }
    }
}
