package io.quorate.common.codec;

import java.util.zip.CRC32C;

/** CRC-32C (Castagnoli), as in iSCSI (RFC 3720, appendix B.4). It is the only checksum in the project. */
public final class Checksum {
    private Checksum() {}

    public static int crc32c(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /**
     * A checksum that also covers the place of the bytes. Bytes from a wrong place do not pass.
     *
     * @param place identifies the place, for example a file number
     * @param position offset in that place
     */
    public static int crc32c(long place, long position, byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        updateLong(crc, place);
        updateLong(crc, position);
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private static void updateLong(CRC32C crc, long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            crc.update((int) (value >>> shift) & 0xff);
        }
    }
}
