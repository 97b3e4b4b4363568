package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Version;
import java.util.HashMap;
import java.util.Map;

/** I9: a request has its effect at one version, however often it was sent. */
final class I9OneVersionPerRequest extends Invariant {
    private final Map<RequestId, Version> effects = new HashMap<>();

    I9OneVersionPerRequest(Violations violations) {
        super(9, violations);
    }

    /** A register holds the record, or a majority has chosen it. */
    void effective(Key key, Record record) {
        if (record.request().equals(RequestId.NONE)) {
            return;
        }
        Version known = effects.putIfAbsent(record.request(), record.version());
        if (known != null && !known.equals(record.version())) {
            violated(key + ": " + record.request() + " took effect at " + known + " and at " + record.version());
        }
    }

    /** The answer to a client about its request, each time that it asks. */
    void answered(Call call, String first, String now) {
        if (!first.equals(now)) {
            violated(call.key() + ": one request was told " + first + " and then " + now);
        }
    }
}
