package io.quorate.common.model;

/**
 * What a request with an idempotency key came to: its first answer, and that of every retry.
 *
 * @param version that of the record it made, or of the one that refuted its condition
 * @param expiresAtMs when the life of the value ends, as in {@link Value#expiresAtMs}
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

    /** That of the request that made the record, which has a receipt. */
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
