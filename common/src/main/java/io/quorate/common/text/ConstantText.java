package io.quorate.common.text;

import java.util.Locale;

/** The name of a constant as people read and write it. */
public final class ConstantText {
    private ConstantText() {}

    /** {@code NO_QUORUM} as {@code no quorum}. */
    public static String spaced(Enum<?> constant) {
        return joined(constant, ' ');
    }

    /** {@code NO_QUORUM} as {@code no-quorum}. */
    public static String hyphenated(Enum<?> constant) {
        return joined(constant, '-');
    }

    private static String joined(Enum<?> constant, char separator) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', separator);
    }
}
