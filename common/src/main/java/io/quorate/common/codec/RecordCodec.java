package io.quorate.common.codec;

import static io.quorate.common.model.Tombstone.TOMBSTONE;

import io.quorate.common.model.Ballot;
import io.quorate.common.model.Forgotten;
import io.quorate.common.model.Key;
import io.quorate.common.model.Proposal;
import io.quorate.common.model.Receipt;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import java.util.Optional;

/**
 * Keys, versions and records as bytes. They are the same on the wire and on disk. Only forgotten tombstones are for the
 * disk alone: {@link #writeStoredRecord} and {@link #readStoredRecord} take them, the others refuse them.
 *
 * <pre>
 * key     := size varint, bytes
 * version := timestamp u64 | session u64 | counter varint | step varint
 * record  := flags u8 | version | [request: u64, u64] | [receipt] | [round varint] | [expiry: ms since 1970 varint]
 *            | [content type: size varint, bytes] | [value: size varint, bytes]
 * receipt := fingerprint u64 | created u8 | remembered until: ms since 1970 varint
 * ballot   := timestamp u64 | session u64 | counter varint
 * proposal := ballot | record
 *
 * flags     7 6 5 4 3 2 1 0
 *           0 0 | | | | | +-- 1: tombstone, no value and nothing about it follows
 *               | | | | +---- 1: a content type follows; otherwise it is application/octet-stream
 *               | | | +------ 1: an expiry follows; otherwise there is none
 *               | | +-------- 1: a request follows; otherwise it was a plain write
 *               | +---------- 1: a receipt follows; otherwise the request has no idempotency key
 *               +------------ 1: the tombstone was forgotten, and the round follows. On disk only
 * </pre>
 */
public final class RecordCodec {
    /** Most bytes of a value in any cluster: 64 MiB, and what a proposal of as much adds. */
    public static final int VALUE_BYTES_MAX = (64 << 20) + (1 << 10);

    static final int VERSION_BYTES_MAX = 16 + 10 + 10;

    public static final int RECEIPT_BYTES_MAX = 8 + 1 + 10;

    /** Most bytes of an encoded record besides its value. */
    public static final int OVERHEAD_BYTES_MAX =
            1 + VERSION_BYTES_MAX + 16 + RECEIPT_BYTES_MAX + 10 + 2 + Value.CONTENT_TYPE_BYTES_MAX + 5;

    public static final int BALLOT_BYTES_MAX = 16 + 10;

    /** Most bytes of an encoded proposal besides its value. */
    public static final int PROPOSAL_OVERHEAD_BYTES_MAX = BALLOT_BYTES_MAX + OVERHEAD_BYTES_MAX;

    static final int FLAG_TOMBSTONE = 1;
    static final int FLAG_CONTENT_TYPE = 2;
    static final int FLAG_EXPIRY = 4;
    static final int FLAG_REQUEST = 8;
    static final int FLAG_RECEIPT = 16;
    static final int FLAG_FORGOTTEN = 32;

    private RecordCodec() {}

    public static void writeKey(BytesWriter out, Key key) {
        out.writeSizedBytes(key.bytes());
    }

    public static Key readKey(BytesReader in) {
        return Key.of(readKeyBytes(in, Key.BYTES_MAX));
    }

    /** Reads a key of a store, which has its keyspace as first byte. */
    public static Key readStoredKey(BytesReader in) {
        return Key.ofStored(readKeyBytes(in, Key.STORED_BYTES_MAX));
    }

    private static byte[] readKeyBytes(BytesReader in, int bytesMax) {
        byte[] bytes = in.readSizedBytes(bytesMax);
        if (bytes.length == 0) {
            throw new MalformedException("empty key at " + in.position());
        }
        return bytes;
    }

    public static void writeVersion(BytesWriter out, Version version) {
        out.writeLong(version.timestamp());
        out.writeLong(version.session());
        out.writeVarint(version.counter());
        out.writeVarint(version.step());
    }

    public static Version readVersion(BytesReader in) {
        return new Version(in.readLong(), in.readLong(), in.readVarint(), in.readVarint());
    }

    /** @throws IllegalArgumentException if it is forgotten */
    public static void writeRecord(BytesWriter out, Record record) {
        if (record.isForgotten()) {
            throw new IllegalArgumentException("a forgotten record for a message. Its version is " + record.version()
                    + ", and it is for the disk");
        }
        writeStoredRecord(out, record);
    }

    /** Writes a record of a store, which may be forgotten. */
    public static void writeStoredRecord(BytesWriter out, Record record) {
        if (record.content() instanceof Value value) {
            writeValue(out, record, value);
        } else {
            writeTombstone(out, record);
        }
    }

    private static void writeTombstone(BytesWriter out, Record record) {
        writeHead(out, FLAG_TOMBSTONE | (record.isForgotten() ? FLAG_FORGOTTEN : 0), record);
        if (record.content() instanceof Forgotten forgotten) {
            out.writeVarint(forgotten.round());
        }
    }

    private static void writeValue(BytesWriter out, Record record, Value value) {
        boolean typed = !value.contentType().equals(Value.DEFAULT_CONTENT_TYPE);
        writeHead(out, (typed ? FLAG_CONTENT_TYPE : 0) | (value.expires() ? FLAG_EXPIRY : 0), record);
        if (value.expires()) {
            out.writeVarint(value.expiresAtMs());
        }
        if (typed) {
            out.writeString(value.contentType());
        }
        out.writeSizedBytes(value.bytes());
    }

    private static void writeHead(BytesWriter out, int contentFlags, Record record) {
        boolean requested = !record.request().equals(RequestId.NONE);
        out.writeByte(contentFlags
                | (requested ? FLAG_REQUEST : 0)
                | (record.receipt().isPresent() ? FLAG_RECEIPT : 0));
        writeVersion(out, record.version());
        if (requested) {
            writeRequest(out, record.request());
        }
        record.receipt().ifPresent(receipt -> writeReceipt(out, receipt));
    }

    public static void writeRequest(BytesWriter out, RequestId request) {
        out.writeLong(request.high());
        out.writeLong(request.low());
    }

    public static RequestId readRequest(BytesReader in) {
        return new RequestId(in.readLong(), in.readLong());
    }

    static void writeReceipt(BytesWriter out, Receipt receipt) {
        out.writeLong(receipt.fingerprint());
        out.writeFlag(receipt.created());
        out.writeVarint(receipt.rememberedUntilMs());
    }

    static Receipt readReceipt(BytesReader in) {
        return new Receipt(in.readLong(), in.readFlag(), readExpiry(in));
    }

    /** @throws MalformedException if it is no record, or a forgotten one */
    public static Record readRecord(BytesReader in) {
        Record record = readStoredRecord(in);
        if (record.isForgotten()) {
            throw new MalformedException("a forgotten record before " + in.position());
        }
        return record;
    }

    /** Reads a record of a store, which may be forgotten. */
    public static Record readStoredRecord(BytesReader in) {
        int flags = in.readByte();
        Version version = readVersion(in);
        RequestId request = (flags & FLAG_REQUEST) == 0 ? RequestId.NONE : readRequest(in);
        Optional<Receipt> receipt = (flags & FLAG_RECEIPT) == 0 ? Optional.empty() : Optional.of(readReceipt(in));
        int rest = flags & ~(FLAG_REQUEST | FLAG_RECEIPT);
        if (rest == FLAG_TOMBSTONE) {
            return new Record(version, TOMBSTONE, request, receipt);
        }
        if (rest == (FLAG_TOMBSTONE | FLAG_FORGOTTEN)) {
            return new Record(version, new Forgotten(readRound(in)), request, receipt);
        }
        if ((rest & ~(FLAG_CONTENT_TYPE | FLAG_EXPIRY)) != 0) {
            throw new MalformedException("record with flags " + flags + " before " + in.position());
        }
        return new Record(version, readValue(in, flags), request, receipt);
    }

    static long readRound(BytesReader in) {
        long round = in.readVarint();
        if (round < 0) {
            throw new MalformedException("round " + round + " before " + in.position());
        }
        return round;
    }

    private static Value readValue(BytesReader in, int flags) {
        long expiresAtMs = (flags & FLAG_EXPIRY) == 0 ? Value.NEVER_EXPIRES : readExpiry(in);
        String contentType = (flags & FLAG_CONTENT_TYPE) == 0
                ? Value.DEFAULT_CONTENT_TYPE
                : in.readString(Value.CONTENT_TYPE_BYTES_MAX);
        return Value.of(in.readSizedBytes(VALUE_BYTES_MAX), contentType, expiresAtMs);
    }

    /** Reads an instant of expiry: milliseconds since 1970, as a varint. */
    public static long readExpiry(BytesReader in) {
        long expiresAtMs = in.readVarint();
        if (expiresAtMs <= 0) {
            throw new MalformedException("expiry " + expiresAtMs + " before " + in.position());
        }
        return expiresAtMs;
    }

    public static void writeBallot(BytesWriter out, Ballot ballot) {
        out.writeLong(ballot.timestamp());
        out.writeLong(ballot.session());
        out.writeVarint(ballot.counter());
    }

    public static Ballot readBallot(BytesReader in) {
        return new Ballot(in.readLong(), in.readLong(), in.readVarint());
    }

    public static void writeProposal(BytesWriter out, Proposal proposal) {
        writeBallot(out, proposal.ballot());
        writeRecord(out, proposal.record());
    }

    public static Proposal readProposal(BytesReader in) {
        return new Proposal(readBallot(in), readRecord(in));
    }

    /** Reads the version of the record that starts here, and not the rest. */
    public static Version peekVersion(BytesReader in) {
        in.readByte();
        return readVersion(in);
    }
}
