package io.quorate.node.lsm.view;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-2-4 with 128 bits (Aumasson, Bernstein: "SipHash: a fast short-input PRF", 2012; its reference code for 128
 * bits). Nobody who does not know the two halves of its secret key can find two inputs with the same hash. So equal
 * hashes stand for equal keys here, also of clients that want the contrary.
 */
record KeyHash(long low, long high) {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    static KeyHash of(long secretLow, long secretHigh, byte[] input) {
        return new Rounds(secretLow, secretHigh).hash(input);
    }

    /** The state between two words of the input. */
    private static final class Rounds {
        private static final int PER_WORD = 2;
        private static final int AT_THE_END = 4;

        private long v0;
        private long v1;
        private long v2;
        private long v3;

        Rounds(long secretLow, long secretHigh) {
            v0 = secretLow ^ 0x736f6d6570736575L;
            v1 = secretHigh ^ 0x646f72616e646f6dL ^ 0xee;
            v2 = secretLow ^ 0x6c7967656e657261L;
            v3 = secretHigh ^ 0x7465646279746573L;
        }

        KeyHash hash(byte[] input) {
            int at = 0;
            for (; at <= input.length - Long.BYTES; at += Long.BYTES) {
                take((long) WORD.get(input, at));
            }
            long last = (long) input.length << 56;
            for (int shift = 0; at < input.length; at++, shift += Byte.SIZE) {
                last |= (input[at] & 0xffL) << shift;
            }
            take(last);
            v2 ^= 0xee;
            turn(AT_THE_END);
            long low = v0 ^ v1 ^ v2 ^ v3;
            v1 ^= 0xdd;
            turn(AT_THE_END);
            return new KeyHash(low, v0 ^ v1 ^ v2 ^ v3);
        }

        private void take(long word) {
            v3 ^= word;
            turn(PER_WORD);
            v0 ^= word;
        }

        private void turn(int times) {
            for (int i = 0; i < times; i++) {
                v0 += v1;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v3;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 += v3;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 += v1;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v2 = Long.rotateLeft(v2, 32);
            }
        }
    }
}
