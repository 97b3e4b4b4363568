package io.quorate.common.codec;

import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;

/**
 * The facts about an encoded record that a flush or a merge needs: all but its content. It is read for one record after
 * the other, and makes no objects. {@link RecordCodec} draws the format.
 */
public final class RecordHead {
    /** Below all rounds. */
    private static final long NOT_FORGOTTEN = -1;

    private long timestamp;
    private long session;
    private long counter;
    private long step;
    private boolean tombstone;
    private long round;
    private long expiresAtMs;
    private long neededUntilMs;
    private int valueBytes;

    /**
     * Reads the head of the record that begins where the reader is, and passes over the rest.
     *
     * @throws MalformedException if it is no record
     */
    public void read(BytesReader in) {
        int flags = in.readByte();
        timestamp = in.readLong();
        session = in.readLong();
        counter = in.readVarint();
        step = in.readVarint();
        in.skip((flags & RecordCodec.FLAG_REQUEST) == 0 ? 0 : 2 * Long.BYTES);
        long rememberedUntilMs = (flags & RecordCodec.FLAG_RECEIPT) == 0 ? 0 : readReceipt(in);
        int rest = flags & ~(RecordCodec.FLAG_REQUEST | RecordCodec.FLAG_RECEIPT);
        boolean forgotten = rest == (RecordCodec.FLAG_TOMBSTONE | RecordCodec.FLAG_FORGOTTEN);
        round = forgotten ? RecordCodec.readRound(in) : NOT_FORGOTTEN;
        tombstone = forgotten || rest == RecordCodec.FLAG_TOMBSTONE;
        if (tombstone) {
            expiresAtMs = Value.NEVER_EXPIRES;
            valueBytes = 0;
        } else {
            readValue(in, rest);
        }
        neededUntilMs = Math.max(rememberedUntilMs, expiresAtMs);
    }

    private static long readReceipt(BytesReader in) {
        in.skip(Long.BYTES);
        in.readFlag();
        return RecordCodec.readExpiry(in);
    }

    private void readValue(BytesReader in, int flags) {
        if ((flags & ~(RecordCodec.FLAG_CONTENT_TYPE | RecordCodec.FLAG_EXPIRY)) != 0) {
            throw new MalformedException("record with flags " + flags + " before " + in.position());
        }
        expiresAtMs = (flags & RecordCodec.FLAG_EXPIRY) == 0 ? Value.NEVER_EXPIRES : RecordCodec.readExpiry(in);
        if ((flags & RecordCodec.FLAG_CONTENT_TYPE) != 0) {
            in.skip(in.readVarint(Value.CONTENT_TYPE_BYTES_MAX));
        }
        valueBytes = in.readVarint(RecordCodec.VALUE_BYTES_MAX);
        in.skip(valueBytes);
    }

    /** As {@link Record#isTombstone}. */
    public boolean isTombstone() {
        return tombstone;
    }

    /** As {@link Record#isForgotten}. */
    public boolean isForgotten() {
        return round != NOT_FORGOTTEN;
    }

    /** Whether it is a value that does not stay for ever. */
    public boolean expires() {
        return expiresAtMs != Value.NEVER_EXPIRES;
    }

    /** As {@link Record#neededUntilMs}. */
    public long neededUntilMs() {
        return neededUntilMs;
    }

    /** The length of the value. 0 for a tombstone. */
    public int valueBytes() {
        return valueBytes;
    }

    public Version version() {
        return new Version(timestamp, session, counter, step);
    }

    /** As {@link Record#replaces}. */
    public boolean replaces(RecordHead other) {
        int order = compare(other.timestamp, other.session, other.counter, other.step);
        return order > 0 || order == 0 && round > other.round;
    }

    /** How its version compares to another one. */
    public int compareVersion(Version other) {
        return compare(other.timestamp(), other.session(), other.counter(), other.step());
    }

    /** The order of {@link Version}. */
    private int compare(long otherTimestamp, long otherSession, long otherCounter, long otherStep) {
        if (timestamp != otherTimestamp) {
            return Long.compareUnsigned(timestamp, otherTimestamp);
        }
        if (session != otherSession) {
            return Long.compareUnsigned(session, otherSession);
        }
        return counter == otherCounter
                ? Long.compareUnsigned(step, otherStep)
                : Long.compareUnsigned(counter, otherCounter);
    }
}
