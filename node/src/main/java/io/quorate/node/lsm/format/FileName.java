package io.quorate.node.lsm.format;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The name of a numbered file: {@code log-000000000012}. A number is never used for a second file of its kind. */
public record FileName(FileKind kind, long number) {
    private static final int DIGITS_MIN = 12;

    private static final Pattern FORM = Pattern.compile("([a-z]+)-([0-9]{12,18})");

    public static FileName log(long number) {
        return new FileName(FileKind.LOG, number);
    }

    public static FileName table(long number) {
        return new FileName(FileKind.TABLE, number);
    }

    public static FileName manifest(long number) {
        return new FileName(FileKind.MANIFEST, number);
    }

    /** The kind and number in a name. Empty for a name of another form. */
    public static Optional<FileName> parse(String name) {
        Matcher matcher = FORM.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(2));
        return FileKind.ofPrefix(matcher.group(1)).map(kind -> new FileName(kind, number));
    }

    @Override
    public String toString() {
        String digits = Long.toString(number);
        return kind.prefix() + '-' + "0".repeat(Math.max(0, DIGITS_MIN - digits.length())) + digits;
    }
}
