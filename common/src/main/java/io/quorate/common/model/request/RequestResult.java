package io.quorate.common.model.request;

import io.quorate.common.model.Coded;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;

/**
 * The result of a request with an idempotency key: its first answer, which every retry gets too.
 *
 * @param version of the record that the request made, or of the record that refuted its condition
 * @param expiresAtMs when the value expires, as in {@link Value#expiresAtMs}
 */
public record RequestResult(Type type, Version version, long expiresAtMs, Receipt receipt) {
    public enum Type implements Coded {
        PUT(0),
        DELETED(1),
        /** The condition did not hold. */
        REFUSED(2);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        @Override
        public int code() {
            return code;
        }
    }

    /** The result of the request that made this record. The record has a receipt. */
    public static RequestResult of(Record record) {
        Receipt receipt = record.receipt().orElseThrow();
        return record.content() instanceof Value value
                ? new RequestResult(Type.PUT, record.version(), value.expiresAtMs(), receipt)
                : new RequestResult(Type.DELETED, record.version(), Value.NEVER_EXPIRES, receipt);
    }

    public static RequestResult refused(Version version, Receipt receipt) {
        return new RequestResult(Type.REFUSED, version, Value.NEVER_EXPIRES, receipt);
    }

    public boolean isRefusal() {
        return type == Type.REFUSED;
    }
}
