package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.convergence.HeldRecord;
import io.quorate.common.convergence.ListedEntry;
import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.RangeDigest;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Key;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.Digest;
import io.quorate.common.wire.Message.Digests;
import io.quorate.common.wire.Message.Fetch;
import io.quorate.common.wire.Message.Fetched;
import io.quorate.common.wire.Message.ListRange;
import io.quorate.common.wire.Message.Listed;
import io.quorate.common.wire.Message.PassEnd;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of anti-entropy as bytes. {@link KeyRangeCodec} draws a range and a bound, {@link RangeDigest} a digest.
 *
 * <pre>
 * Digest    := pass | range | entries max varint | bytes max varint | hurried u8
 * pass      := number varint | started: ms since 1970 varint | fence u64 | next: bound | verified: slots
 * slots     := 32 bytes, see SlotSet
 * Digests   := digest | end: bound | bytes varint | hurries u8 | deleted varint
 * ListRange := range | slots
 * Listed    := entry, as many as there are to the end of the frame
 * entry     := key | flags u8 | version
 * Fetch     := bytes max varint | key, as many as there are to the end of the frame
 * Fetched   := age varint | (key | record), as many as there are to the end of the frame
 * PassEnd   := pass
 *
 * flags     7 6 5 4 3 2 1 0
 *           0 0 0 0 | | | +-- 1: a tombstone
 *                   | | +---- 1: a conditional write above it is accepted
 *                   | +------ 1: a value that has expired
 *                   +-------- 1: the replica has forgotten the tombstone
 * </pre>
 */
final class ConvergenceCodec {
    private static final int FLAG_TOMBSTONE = 1;
    private static final int FLAG_PROPOSAL = 2;
    private static final int FLAG_EXPIRED = 4;
    private static final int FLAG_FORGOTTEN = 8;
    private static final int FLAGS_MAX = 15;

    private ConvergenceCodec() {}

    static void writeDigest(BytesWriter out, Digest digest) {
        writePass(out, digest.pass());
        KeyRangeCodec.write(out, digest.range());
        out.writeVarint(digest.limits().entriesMax());
        out.writeVarint(digest.limits().bytesMax());
        out.writeFlag(digest.hurried());
    }

    static Digest readDigest(BytesReader in) {
        return new Digest(readPass(in), KeyRangeCodec.read(in), readLimits(in), in.readFlag());
    }

    private static WalkLimits readLimits(BytesReader in) {
        int entriesMax = in.readVarint(WalkLimits.ENTRIES_MAX);
        int bytesMax = in.readVarint(WalkLimits.BYTES_MAX);
        try {
            return new WalkLimits(entriesMax, bytesMax);
        } catch (IllegalArgumentException e) {
            throw new MalformedException(e.getMessage());
        }
    }

    private static void writePass(BytesWriter out, PassProgress pass) {
        out.writeVarint(pass.number());
        out.writeVarint(pass.startedMs());
        out.writeLong(pass.fence());
        KeyRangeCodec.writeBound(out, pass.next());
        pass.verified().write(out);
    }

    private static PassProgress readPass(BytesReader in) {
        return new PassProgress(
                in.readVarint(), in.readVarint(), in.readLong(), KeyRangeCodec.readBound(in), SlotSet.read(in));
    }

    static void writeDigests(BytesWriter out, Digests digests) {
        digests.digest().write(out);
        KeyRangeCodec.writeBound(out, digests.end());
        out.writeVarint(digests.bytes());
        out.writeFlag(digests.hurries());
        out.writeVarint(digests.deleted());
    }

    static Digests readDigests(BytesReader in) {
        return new Digests(
                RangeDigest.read(in), KeyRangeCodec.readBound(in), in.readVarint(), in.readFlag(), in.readVarint());
    }

    static void writeList(BytesWriter out, ListRange list) {
        KeyRangeCodec.write(out, list.range());
        list.slots().write(out);
    }

    static ListRange readList(BytesReader in) {
        return new ListRange(KeyRangeCodec.read(in), SlotSet.read(in));
    }

    static void writeListed(BytesWriter out, Listed listed) {
        listed.entries().forEach(entry -> writeEntry(out, entry));
    }

    private static void writeEntry(BytesWriter out, ListedEntry entry) {
        RecordCodec.writeKey(out, entry.key());
        out.writeByte((entry.tombstone() ? FLAG_TOMBSTONE : 0)
                | (entry.hasProposal() ? FLAG_PROPOSAL : 0)
                | (entry.hasExpired() ? FLAG_EXPIRED : 0)
                | (entry.forgotten() ? FLAG_FORGOTTEN : 0));
        RecordCodec.writeVersion(out, entry.version());
    }

    static Listed readListed(BytesReader in) {
        List<ListedEntry> entries = new ArrayList<>();
        while (in.remaining() > 0) {
            entries.add(readEntry(in));
        }
        return new Listed(entries);
    }

    private static ListedEntry readEntry(BytesReader in) {
        Key key = RecordCodec.readKey(in);
        int flags = in.readByte();
        if (flags > FLAGS_MAX) {
            throw new MalformedException("listed entry with flags " + flags);
        }
        Version version = RecordCodec.readVersion(in);
        return new ListedEntry(
                key,
                version,
                (flags & FLAG_TOMBSTONE) != 0,
                (flags & FLAG_PROPOSAL) != 0,
                (flags & FLAG_EXPIRED) != 0,
                (flags & FLAG_FORGOTTEN) != 0);
    }

    static void writeFetch(BytesWriter out, Fetch fetch) {
        out.writeVarint(fetch.bytesMax());
        fetch.keys().forEach(key -> RecordCodec.writeKey(out, key));
    }

    static Fetch readFetch(BytesReader in) {
        int bytesMax = in.readVarint(Integer.MAX_VALUE);
        List<Key> keys = new ArrayList<>();
        while (in.remaining() > 0) {
            keys.add(RecordCodec.readKey(in));
        }
        if (keys.isEmpty() || keys.size() > Fetch.KEYS_MAX) {
            throw new MalformedException(keys.size() + " keys to fetch, allowed is 1 to " + Fetch.KEYS_MAX);
        }
        return new Fetch(keys, bytesMax);
    }

    static void writeFetched(BytesWriter out, Fetched fetched) {
        out.writeVarint(fetched.age());
        fetched.records().forEach(each -> {
            RecordCodec.writeKey(out, each.key());
            RecordCodec.writeRecord(out, each.record());
        });
    }

    static Fetched readFetched(BytesReader in) {
        long age = in.readVarint();
        List<HeldRecord> records = new ArrayList<>();
        while (in.remaining() > 0) {
            records.add(new HeldRecord(RecordCodec.readKey(in), RecordCodec.readRecord(in)));
        }
        return new Fetched(records, age);
    }

    static void writePassEnd(BytesWriter out, PassEnd end) {
        writePass(out, end.pass());
    }

    static PassEnd readPassEnd(BytesReader in) {
        return new PassEnd(readPass(in));
    }
}
