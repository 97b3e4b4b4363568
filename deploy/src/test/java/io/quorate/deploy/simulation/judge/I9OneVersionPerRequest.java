package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * I9: a request has its effect at one version, however often it was sent. After its retention it counts as never seen,
 * so it may have another effect. The retention begins anew with that one.
 */
final class I9OneVersionPerRequest extends Invariant {
    private final long retentionMs;
    private final Map<RequestId, List<Record>> effects = new HashMap<>();

    I9OneVersionPerRequest(Violations violations, long retentionMs) {
        super(9, violations);
        this.retentionMs = retentionMs;
    }

    /** A register holds the record, or a majority has chosen it. */
    void effective(Key key, Record record) {
        if (record.request().equals(RequestId.NONE)) {
            return;
        }
        List<Record> known = effects.computeIfAbsent(record.request(), any -> new ArrayList<>(1));
        for (Record other : known) {
            if (!other.version().equals(record.version()) && !isForgottenBetween(other, record)) {
                violated(key + ": " + record.request() + " took effect as " + other + " and as " + record);
            }
        }
        known.add(record);
    }

    private boolean isForgottenBetween(Record one, Record other) {
        return one.receipt().isPresent()
                && other.receipt().isPresent()
                && Math.abs(rememberedUntilMs(one) - rememberedUntilMs(other)) >= retentionMs;
    }

    private static long rememberedUntilMs(Record record) {
        return record.receipt().orElseThrow().rememberedUntilMs();
    }

    /** A client reads that its request was applied at this version. */
    void shownAsApplied(Key key, RequestId request, Version version) {
        boolean isEffect = effects.getOrDefault(request, List.of()).stream()
                .anyMatch(record -> record.version().equals(version));
        if (!isEffect) {
            violated(key + ": " + request + " is said to be applied at " + version
                    + ", and no majority has chosen that");
        }
    }

    /** A client reads that its request is not known, and was answered before. */
    void shownAsUnknown(Call call, String answers) {
        violated(call.key() + ": one request was told " + answers + " and then that it is not known");
    }

    /** The answer to a client about its request, each time that it asks. */
    void answered(Call call, String first, String now) {
        if (!first.equals(now)) {
            violated(call.key() + ": one request was told " + first + " and then " + now);
        }
    }
}
