package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Codes;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.convergence.DeletionState;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Ballot;
import io.quorate.common.model.Key;
import io.quorate.common.wire.Message.Confirm;
import io.quorate.common.wire.Message.Confirmed;
import io.quorate.common.wire.Message.Deleted;
import io.quorate.common.wire.Message.Forget;
import io.quorate.common.wire.Message.ForgettingNumbers;
import io.quorate.common.wire.Message.ListDeleted;
import io.quorate.common.wire.Message.RaiseFence;
import io.quorate.common.wire.Message.RaiseFloor;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of forgetting as bytes.
 *
 * <pre>
 * ForgettingNumbers := age varint | fence u64 | wall ms u64
 * RaiseFence        := fence u64 | age varint
 * RaiseFloor        := floor u64 | slots
 * ListDeleted       := range | slots
 * Deleted           := deleted key, as many as there are to the end of the frame
 * Confirm           := promised ballot | key, as many as there are to the end of the frame
 * Confirmed         := promised ballot | age varint | state, as many as there are to the end of the frame
 * state             := kind u8 | version
 * Forget            := round varint | promised ballot | deleted key, as many as there are to the end of the frame
 * deleted key       := key | version | floor u64
 * slots             := 32 bytes, see SlotSet
 * </pre>
 */
final class ForgettingCodec {
    private static final Codes<DeletionState.Kind> KINDS = new Codes<>(DeletionState.Kind.class);

    private ForgettingCodec() {}

    static void writeNumbers(BytesWriter out, ForgettingNumbers numbers) {
        out.writeVarint(numbers.age());
        out.writeLong(numbers.fence());
        out.writeLong(numbers.wallMs());
    }

    static ForgettingNumbers readNumbers(BytesReader in) {
        return new ForgettingNumbers(in.readVarint(), in.readLong(), in.readLong());
    }

    static void writeRaiseFence(BytesWriter out, RaiseFence raise) {
        out.writeLong(raise.fence());
        out.writeVarint(raise.age());
    }

    static RaiseFence readRaiseFence(BytesReader in) {
        return new RaiseFence(in.readLong(), in.readVarint());
    }

    static void writeRaiseFloor(BytesWriter out, RaiseFloor raise) {
        out.writeLong(raise.floor());
        raise.slots().write(out);
    }

    static RaiseFloor readRaiseFloor(BytesReader in) {
        return new RaiseFloor(in.readLong(), SlotSet.read(in));
    }

    static void writeListDeleted(BytesWriter out, ListDeleted list) {
        KeyRangeCodec.write(out, list.range());
        list.slots().write(out);
    }

    static ListDeleted readListDeleted(BytesReader in) {
        return new ListDeleted(KeyRangeCodec.read(in), SlotSet.read(in));
    }

    static void writeDeleted(BytesWriter out, Deleted deleted) {
        deleted.entries().forEach(each -> writeKey(out, each));
    }

    static Deleted readDeleted(BytesReader in) {
        return new Deleted(readKeys(in));
    }

    static void writeConfirm(BytesWriter out, Confirm confirm) {
        RecordCodec.writeBallot(out, confirm.promised());
        confirm.keys().forEach(key -> RecordCodec.writeKey(out, key));
    }

    static Confirm readConfirm(BytesReader in) {
        Ballot promised = RecordCodec.readBallot(in);
        List<Key> keys = new ArrayList<>();
        while (in.remaining() > 0) {
            keys.add(RecordCodec.readKey(in));
        }
        requireFew(keys.size());
        return new Confirm(keys, promised);
    }

    static void writeConfirmed(BytesWriter out, Confirmed confirmed) {
        RecordCodec.writeBallot(out, confirmed.promised());
        out.writeVarint(confirmed.age());
        confirmed.states().forEach(state -> {
            KINDS.write(out, state.kind());
            RecordCodec.writeVersion(out, state.version());
        });
    }

    static Confirmed readConfirmed(BytesReader in) {
        Ballot promised = RecordCodec.readBallot(in);
        long age = in.readVarint();
        List<DeletionState> states = new ArrayList<>();
        while (in.remaining() > 0) {
            states.add(new DeletionState(KINDS.read(in), RecordCodec.readVersion(in)));
        }
        return new Confirmed(states, promised, age);
    }

    static void writeForget(BytesWriter out, Forget forget) {
        out.writeVarint(forget.round());
        RecordCodec.writeBallot(out, forget.promised());
        forget.keys().forEach(each -> writeKey(out, each));
    }

    static Forget readForget(BytesReader in) {
        return new Forget(in.readVarint(), RecordCodec.readBallot(in), readKeys(in));
    }

    private static void writeKey(BytesWriter out, DeletedKey each) {
        RecordCodec.writeKey(out, each.key());
        RecordCodec.writeVersion(out, each.version());
        out.writeLong(each.floor());
    }

    private static List<DeletedKey> readKeys(BytesReader in) {
        List<DeletedKey> keys = new ArrayList<>();
        while (in.remaining() > 0) {
            keys.add(new DeletedKey(RecordCodec.readKey(in), RecordCodec.readVersion(in), in.readLong()));
        }
        requireFew(keys.size());
        return keys;
    }

    private static void requireFew(int keys) {
        if (keys > Deleted.ENTRIES_MAX) {
            throw new MalformedException(keys + " deleted keys, allowed is " + Deleted.ENTRIES_MAX);
        }
    }
}
