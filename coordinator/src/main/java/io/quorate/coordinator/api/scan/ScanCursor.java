package io.quorate.coordinator.api.scan;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.Checksum;
import io.quorate.common.codec.MalformedException;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.coordinator.api.http.BadRequest;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a scan goes on. It is opaque to clients and holds all that a node needs, so any node can go on at any time.
 *
 * <pre>
 * cursor := base64url, no padding, of
 *           format u8 = 1 | direction u8 | start: crc32c u32 | end: crc32c u32 | last key: bytes | crc32c u32 of all
 * before direction := 0 ascending | 1 descending
 * </pre>
 *
 * The checksums of the range's bounds (0 for none) reveal a cursor that is used for another scan.
 */
public final class ScanCursor {
    /** Length of the cursor of the longest key. */
    public static final int CHARS_MAX = (1 + 1 + 3 * Integer.BYTES + Key.BYTES_MAX) * 4 / 3 + 4;

    private static final int FORMAT = 1;

    private ScanCursor() {}

    /** The cursor of a scan that has shown all up to {@code last}. */
    static String of(KeyRange range, Direction direction, Key last) {
        BytesWriter out = new BytesWriter(64);
        out.writeByte(FORMAT);
        out.writeByte(direction.code());
        out.writeInt(fingerprint(range.start()));
        out.writeInt(fingerprint(range.end()));
        out.writeBytes(last.bytes());
        out.writeInt(Checksum.crc32c(out.array(), 0, out.length()));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
    }

    private static int fingerprint(Optional<Key> bound) {
        return bound.map(key -> Checksum.crc32c(key.bytes(), 0, key.length())).orElse(0);
    }

    /**
     * The range that is left behind a cursor.
     *
     * @param range with which the scan began
     * @throws BadRequest if it is not a cursor, or the cursor of another scan
     */
    static KeyRange rest(String cursor, KeyRange range, Direction direction) {
        BytesReader in = new BytesReader(checked(cursor));
        if (in.readByte() != FORMAT) {
            throw damaged();
        }
        if (in.readByte() != direction.code()) {
            throw new BadRequest(
                    400,
                    "the cursor belongs to a scan with reverse=" + (direction == Direction.ASCENDING)
                            + "; repeat the parameters of the request that gave it");
        }
        if (in.readInt() != fingerprint(range.start()) || in.readInt() != fingerprint(range.end())) {
            throw new BadRequest(
                    400,
                    "the cursor belongs to a scan of another range; repeat prefix, start and end of the request that"
                            + " gave it");
        }
        Key last = Key.of(in.readBytes(in.remaining() - Integer.BYTES));
        return range.beyond(last, direction).orElseThrow(ScanCursor::damaged);
    }

    private static byte[] checked(String cursor) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(cursor);
            int length = bytes.length - Integer.BYTES;
            boolean whole = length > 2 + 2 * Integer.BYTES
                    && length <= 2 + 2 * Integer.BYTES + Key.BYTES_MAX
                    && new BytesReader(bytes, length, Integer.BYTES).readInt() == Checksum.crc32c(bytes, 0, length);
            if (!whole) {
                throw damaged();
            }
            return bytes;
        } catch (IllegalArgumentException | MalformedException e) {
            throw damaged();
        }
    }

    private static BadRequest damaged() {
        return new BadRequest(400, "the cursor is not one of this API or is damaged; pass 'next' of a page as it is");
    }
}
