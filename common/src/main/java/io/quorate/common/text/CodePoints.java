package io.quorate.common.text;

/** What a character does where it is shown. */
public final class CodePoints {
    private CodePoints() {}

    /**
     * Whether a terminal or a reader of lines may obey a character instead of showing it: C0 and C1, ends of lines and
     * paragraphs, and characters that change the direction of writing or have no width.
     */
    public static boolean isControl(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c)
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
