package io.quorate.deploy.linearizability;

import java.util.Arrays;

/**
 * A state of the search: which operations have taken effect, and what the register then holds. Nearly all operations up
 * to some point have taken effect and none much later, so only the words of the bit set between are kept.
 */
final class Configuration {
    private final int value;
    private final int firstWord;
    private final long[] words;

    /** @param taken one bit for each operation. A set bit means that it has taken effect */
    Configuration(int value, long[] taken) {
        int from = 0;
        while (from < taken.length && taken[from] == -1) {
            from++;
        }
        int to = taken.length;
        while (to > from && taken[to - 1] == 0) {
            to--;
        }
        this.value = value;
        this.firstWord = from;
        this.words = Arrays.copyOfRange(taken, from, to);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Configuration configuration
                && value == configuration.value
                && firstWord == configuration.firstWord
                && Arrays.equals(words, configuration.words);
    }

    @Override
    public int hashCode() {
        return (Arrays.hashCode(words) * 31 + firstWord) * 31 + value;
    }
}
