package io.quorate.deploy.bench.request;

import java.util.SplittableRandom;

/** Values that are cut at random out of one long random string, so that a value costs a copy. */
public final class RandomValues {
    private static final int SLACK = 4_096;

    private final int valueBytes;
    private final byte[] noise;
    private final SplittableRandom random;

    public RandomValues(int valueBytes, SplittableRandom random) {
        this.valueBytes = valueBytes;
        this.random = random;
        this.noise = new byte[valueBytes + SLACK];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) random.nextInt('!', '~');
        }
    }

    /** Puts the next value at the end of a request. */
    public void writeInto(byte[] request) {
        System.arraycopy(noise, random.nextInt(SLACK), request, request.length - valueBytes, valueBytes);
    }
}
