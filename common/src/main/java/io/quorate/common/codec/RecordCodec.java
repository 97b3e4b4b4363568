package io.quorate.common.codec;

import static io.quorate.common.model.Tombstone.TOMBSTONE;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;

/**
 * Keys, versions and records as bytes, the same on the wire and on disk.
 *
 * <pre>
 * key     := size varint, bytes
 * version := timestamp u64 | session u64 | counter varint | step varint
 * record  := flags u8 | version | [expiry: ms since 1970 varint] | [content type: size varint, bytes] | [value: size varint, bytes]
 *
 * flags     7 6 5 4 3 2 1 0
 *           0 0 0 0 0 | | +-- 1: tombstone, nothing follows the version
 *                     | +---- 1: a content type follows; otherwise it is application/octet-stream
 *                     +------ 1: an expiry follows; otherwise there is none
 * </pre>
 */
public final class RecordCodec {
    /** Most bytes that any value may have, whatever a cluster is configured for: 64 MiB. */
    public static final int VALUE_BYTES_MAX = 64 << 20;

    /** Most bytes of an encoded record besides its value. */
    public static final int OVERHEAD_BYTES_MAX = 1 + 16 + 10 + 5 + 10 + 2 + Value.CONTENT_TYPE_BYTES_MAX + 5;

    private static final int FLAG_TOMBSTONE = 1;
    private static final int FLAG_CONTENT_TYPE = 2;
    private static final int FLAG_EXPIRY = 4;

    private RecordCodec() {}

    public static void writeKey(BytesWriter out, Key key) {
        out.writeSizedBytes(key.bytes());
    }

    public static Key readKey(BytesReader in) {
        byte[] bytes = in.readSizedBytes(Key.BYTES_MAX);
        if (bytes.length == 0) {
            throw new MalformedException("empty key at " + in.position());
        }
        return Key.of(bytes);
    }

    public static void writeVersion(BytesWriter out, Version version) {
        out.writeLong(version.timestamp());
        out.writeLong(version.session());
        out.writeVarint(version.counter());
        out.writeVarint(Integer.toUnsignedLong(version.step()));
    }

    public static Version readVersion(BytesReader in) {
        return new Version(in.readLong(), in.readLong(), in.readVarint(), in.readVarint(Integer.MAX_VALUE));
    }

    public static void writeRecord(BytesWriter out, Record record) {
        if (record.content() instanceof Value value) {
            boolean typed = !value.contentType().equals(Value.DEFAULT_CONTENT_TYPE);
            out.writeByte((typed ? FLAG_CONTENT_TYPE : 0) | (value.expires() ? FLAG_EXPIRY : 0));
            writeVersion(out, record.version());
            if (value.expires()) {
                out.writeVarint(value.expiresAtMs());
            }
            if (typed) {
                out.writeString(value.contentType());
            }
            out.writeSizedBytes(value.bytes());
        } else {
            out.writeByte(FLAG_TOMBSTONE);
            writeVersion(out, record.version());
        }
    }

    public static Record readRecord(BytesReader in) {
        int flags = in.readByte();
        Version version = readVersion(in);
        if (flags == FLAG_TOMBSTONE) {
            return new Record(version, TOMBSTONE);
        }
        if ((flags & ~(FLAG_CONTENT_TYPE | FLAG_EXPIRY)) != 0) {
            throw new MalformedException("record with flags " + flags + " before " + in.position());
        }
        return new Record(version, readValue(in, flags));
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

    /** The version of the record that starts here, without reading the rest of it. */
    public static Version peekVersion(BytesReader in) {
        in.readByte();
        return readVersion(in);
    }
}
