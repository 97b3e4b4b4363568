package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Horizon;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Scan;
import io.quorate.common.wire.Message.ScanReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The messages of a scan as bytes.
 *
 * <pre>
 * Scan      := flags u8 | [start: key] | [end: key] | values max varint | visits max varint | bytes max varint
 *              | demanded age varint
 * ScanReply := complete u8 | horizon | entry, as many as there are to the end of the frame
 * entry     := key | head u8 | body; head has 4 added to it if a conditional write above the register is accepted
 * body      := record                                          if head is 0
 *            | version                                         if head is 1: a value that was not asked for
 *            | version | expiry: ms since 1970 varint          if head is 2: the same with an end to its life
 *
 * flags     7 6 5 4 3 2 1 0
 *           0 0 0 0 | | | +-- 1: descending
 *                   | | +---- 1: with values
 *                   | +------ 1: a start follows; otherwise there is no bound
 *                   +-------- 1: an end follows; otherwise there is no bound
 * </pre>
 */
final class ScanCodec {
    private static final int FLAG_DESCENDING = 1;
    private static final int FLAG_WITH_VALUES = 2;
    private static final int FLAG_START = 4;
    private static final int FLAG_END = 8;
    private static final int FLAGS_MAX = 15;

    /** The length field of the key, the kind, the flags and the version. */
    private static final int ENTRY_OVERHEAD_BYTES_MAX = 2 + 1 + 1 + (16 + 10 + 10);

    private static final int REQUEST_BYTES_MAX = 16 + RecordCodec.RECEIPT_BYTES_MAX;

    /** The expiry, and the length fields of content type and value. */
    private static final int VALUE_OVERHEAD_BYTES_MAX = 10 + 2 + 5;

    private static final int RECORD = 0;
    private static final int HEAD = 1;
    private static final int EXPIRING_HEAD = 2;
    private static final int UNSETTLED = 4;

    private ScanCodec() {}

    static void writeScan(BytesWriter out, Scan scan) {
        KeyRange range = scan.range();
        out.writeByte((scan.direction() == Direction.DESCENDING ? FLAG_DESCENDING : 0)
                | (scan.withValues() ? FLAG_WITH_VALUES : 0)
                | (range.start().isPresent() ? FLAG_START : 0)
                | (range.end().isPresent() ? FLAG_END : 0));
        range.start().ifPresent(start -> RecordCodec.writeKey(out, start));
        range.end().ifPresent(end -> RecordCodec.writeKey(out, end));
        out.writeVarint(scan.limits().valuesMax());
        out.writeVarint(scan.limits().visitsMax());
        out.writeVarint(scan.limits().bytesMax());
        out.writeVarint(scan.demandedAge());
    }

    static Scan readScan(BytesReader in) {
        int flags = in.readByte();
        if (flags > FLAGS_MAX) {
            throw new MalformedException("scan with flags " + flags);
        }
        KeyRange range = new KeyRange(readBound(in, flags & FLAG_START), readBound(in, flags & FLAG_END));
        return new Scan(
                range,
                (flags & FLAG_DESCENDING) == 0 ? Direction.ASCENDING : Direction.DESCENDING,
                (flags & FLAG_WITH_VALUES) != 0,
                readLimits(in),
                in.readVarint());
    }

    private static Optional<Key> readBound(BytesReader in, int flag) {
        return flag == 0 ? Optional.empty() : Optional.of(RecordCodec.readKey(in));
    }

    private static ScanLimits readLimits(BytesReader in) {
        int valuesMax = in.readVarint(ScanLimits.VALUES_MAX);
        int visitsMax = in.readVarint(ScanLimits.VISITS_MAX);
        int bytesMax = in.readVarint(ScanLimits.BYTES_MAX);
        try {
            return new ScanLimits(valuesMax, visitsMax, bytesMax);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(e.getMessage());
        }
    }

    static void writeReply(BytesWriter out, ScanReply reply) {
        out.writeFlag(reply.complete());
        HorizonCodec.write(out, reply.horizon());
        reply.entries().forEach(entry -> write(out, entry));
    }

    private static void write(BytesWriter out, ScanEntry entry) {
        RecordCodec.writeKey(out, entry.key());
        int unsettled = entry.isUnsettled() ? UNSETTLED : 0;
        if (entry.record().isPresent()) {
            out.writeByte(RECORD | unsettled);
            RecordCodec.writeRecord(out, entry.record().get());
            return;
        }
        boolean expires = entry.expiresAtMs() != Value.NEVER_EXPIRES;
        out.writeByte((expires ? EXPIRING_HEAD : HEAD) | unsettled);
        RecordCodec.writeVersion(out, entry.version());
        if (expires) {
            out.writeVarint(entry.expiresAtMs());
        }
    }

    /** The most bytes that an entry takes in a reply. */
    static int bytesMax(ScanEntry entry) {
        boolean requested = entry.record()
                .filter(record -> !record.request().equals(RequestId.NONE))
                .isPresent();
        int contentBytes = entry.value()
                .map(value -> value.contentType().length() + value.bytes().length)
                .orElse(0);
        return entry.key().length()
                + ENTRY_OVERHEAD_BYTES_MAX
                + (requested ? REQUEST_BYTES_MAX : 0)
                + (entry.tombstone() ? 0 : VALUE_OVERHEAD_BYTES_MAX + contentBytes);
    }

    static ScanReply readReply(BytesReader in) {
        boolean complete = in.readFlag();
        Horizon horizon = HorizonCodec.read(in);
        List<ScanEntry> entries = new ArrayList<>();
        while (in.remaining() > 0) {
            entries.add(readEntry(in));
        }
        if (!complete && entries.isEmpty()) {
            throw new MalformedException("scan reply without an entry that says there are more");
        }
        return new ScanReply(entries, complete, horizon);
    }

    private static ScanEntry readEntry(BytesReader in) {
        Key key = RecordCodec.readKey(in);
        int head = in.readByte();
        ScanEntry entry = readBody(in, key, head & ~UNSETTLED);
        return (head & UNSETTLED) == 0 ? entry : entry.unsettled();
    }

    private static ScanEntry readBody(BytesReader in, Key key, int head) {
        return switch (head) {
            case RECORD -> ScanEntry.of(key, RecordCodec.readRecord(in));
            case HEAD -> head(key, RecordCodec.readVersion(in), Value.NEVER_EXPIRES);
            case EXPIRING_HEAD -> head(key, RecordCodec.readVersion(in), in.readVarint());
            default -> throw new MalformedException("entry of kind " + head + " before " + in.position());
        };
    }

    private static ScanEntry head(Key key, Version version, long expiresAtMs) {
        if (expiresAtMs <= 0) {
            throw new MalformedException("an entry that expires at " + expiresAtMs);
        }
        return new ScanEntry(key, version, false, expiresAtMs, Optional.empty(), false);
    }
}
