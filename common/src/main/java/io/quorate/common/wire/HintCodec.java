package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Hint;
import io.quorate.common.placement.Placement;
import io.quorate.common.wire.Message.Lacks;
import io.quorate.common.wire.Message.Missed;
import io.quorate.common.wire.Message.Offer;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of hinted handoff as bytes.
 *
 * <pre>
 * Missed := target u8 | hints
 * Offer  := hints
 * Lacks  := count varint | place in the offer u8, as many
 * hints  := count varint, 1 to 256 | hint, as many
 * hint   := key | version
 * </pre>
 */
final class HintCodec {
    private HintCodec() {}

    static void writeMissed(BytesWriter out, Missed missed) {
        out.writeByte(missed.target());
        writeHints(out, missed.hints());
    }

    static Missed readMissed(BytesReader in) {
        int target = in.readByte();
        if (target >= Placement.MEMBERS_MAX) {
            throw new MalformedException("member " + target + " of at most " + Placement.MEMBERS_MAX);
        }
        return new Missed(target, readHints(in));
    }

    static void writeOffer(BytesWriter out, Offer offer) {
        writeHints(out, offer.hints());
    }

    static Offer readOffer(BytesReader in) {
        return new Offer(readHints(in));
    }

    static void writeLacks(BytesWriter out, Lacks lacks) {
        out.writeVarint(lacks.places().size());
        lacks.places().forEach(out::writeByte);
    }

    static Lacks readLacks(BytesReader in) {
        int count = in.readVarint(Missed.HINTS_MAX);
        List<Integer> places = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            places.add(in.readByte());
        }
        return new Lacks(places);
    }

    private static void writeHints(BytesWriter out, List<Hint> hints) {
        out.writeVarint(hints.size());
        for (Hint hint : hints) {
            RecordCodec.writeKey(out, hint.key());
            RecordCodec.writeVersion(out, hint.version());
        }
    }

    private static List<Hint> readHints(BytesReader in) {
        int count = in.readVarint(Missed.HINTS_MAX);
        if (count == 0) {
            throw new MalformedException("no hints");
        }
        List<Hint> hints = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            hints.add(new Hint(RecordCodec.readKey(in), RecordCodec.readVersion(in)));
        }
        return hints;
    }
}
