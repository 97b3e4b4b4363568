package io.quorate.common.wire;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.RecordCodec;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import java.util.Optional;

/**
 * Bounds of ranges as bytes.
 *
 * <pre>
 * bound := 0: there is none, 1: a key follows u8 | [key]
 * range := start bound | end bound
 * </pre>
 */
final class KeyRangeCodec {
    private KeyRangeCodec() {}

    static void write(BytesWriter out, KeyRange range) {
        writeBound(out, range.start());
        writeBound(out, range.end());
    }

    static KeyRange read(BytesReader in) {
        return new KeyRange(readBound(in), readBound(in));
    }

    static void writeBound(BytesWriter out, Optional<Key> bound) {
        out.writeFlag(bound.isPresent());
        bound.ifPresent(key -> RecordCodec.writeKey(out, key));
    }

    static Optional<Key> readBound(BytesReader in) {
        return in.readFlag() ? Optional.of(RecordCodec.readKey(in)) : Optional.empty();
    }
}
