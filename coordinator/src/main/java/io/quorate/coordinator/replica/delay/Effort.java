package io.quorate.coordinator.replica.delay;

import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.AcceptRefusal;
import io.quorate.common.wire.Message.AgreeOnMembers;
import io.quorate.common.wire.Message.Confirm;
import io.quorate.common.wire.Message.Digest;
import io.quorate.common.wire.Message.Fetch;
import io.quorate.common.wire.Message.Forget;
import io.quorate.common.wire.Message.ForgettingQuery;
import io.quorate.common.wire.Message.Inspect;
import io.quorate.common.wire.Message.ListDeleted;
import io.quorate.common.wire.Message.ListRange;
import io.quorate.common.wire.Message.Missed;
import io.quorate.common.wire.Message.Offer;
import io.quorate.common.wire.Message.PassEnd;
import io.quorate.common.wire.Message.Ping;
import io.quorate.common.wire.Message.Prepare;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RaiseFence;
import io.quorate.common.wire.Message.RaiseFloor;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.RequestStatusQuery;
import io.quorate.common.wire.Message.Scan;
import io.quorate.common.wire.Message.StoreRequest;
import java.util.Locale;
import java.util.Map;

/**
 * What a replica needs for its answer. Only delays of the same effort are compared: a force takes longer than a look
 * into the cache, on each replica.
 */
enum Effort {
    /** The network and an event loop. A heartbeat notices a slow link, but no slow disk. */
    LINK,
    /** A look into memory or into tables. */
    READ,
    /** A force of the log. */
    FORCE,
    /** Anything from a moment to a second, so it is not measured. */
    VARYING;

    static final Map<Class<? extends Request>, Effort> BY_REQUEST = Map.ofEntries(
            Map.entry(Ping.class, LINK),
            Map.entry(Query.class, READ),
            Map.entry(RequestStatusQuery.class, READ),
            Map.entry(StoreRequest.class, FORCE),
            Map.entry(Prepare.class, FORCE),
            Map.entry(Accept.class, FORCE),
            Map.entry(AcceptRefusal.class, FORCE),
            Map.entry(Scan.class, VARYING),
            Map.entry(Missed.class, VARYING),
            Map.entry(Offer.class, VARYING),
            Map.entry(Inspect.class, VARYING),
            Map.entry(Digest.class, VARYING),
            Map.entry(ListRange.class, VARYING),
            Map.entry(Fetch.class, VARYING),
            Map.entry(PassEnd.class, VARYING),
            Map.entry(AgreeOnMembers.class, VARYING),
            Map.entry(ForgettingQuery.class, VARYING),
            Map.entry(RaiseFence.class, VARYING),
            Map.entry(RaiseFloor.class, VARYING),
            Map.entry(ListDeleted.class, VARYING),
            Map.entry(Confirm.class, VARYING),
            Map.entry(Forget.class, VARYING));

    static Effort of(Request request) {
        Effort effort = BY_REQUEST.get(request.getClass());
        assert effort != null : request;
        return effort;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
