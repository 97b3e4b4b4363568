package io.quorate.common.text;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A duration as people write it: {@code 500ms}, {@code 2s}, {@code 15m}, {@code 12h}, {@code 7d}.
 *
 * <pre>
 * duration := 1 to 12 digits, unit
 * unit     := ms | s | m | h | d
 * </pre>
 */
public record DurationText(long amount, TimeUnit unit) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

    private static final Map<String, TimeUnit> UNITS = Map.of(
            "ms", TimeUnit.MILLISECONDS,
            "s", TimeUnit.SECONDS,
            "m", TimeUnit.MINUTES,
            "h", TimeUnit.HOURS,
            "d", TimeUnit.DAYS);

    /** Empty if the text is not a duration. Zero is one: each caller has its own least duration. */
    public static Optional<DurationText> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new DurationText(Long.parseLong(form.group(1)), UNITS.get(form.group(2))))
                : Optional.empty();
    }

    /** In milliseconds, or {@link Long#MAX_VALUE} if that is more than a {@code long} holds. */
    public long ms() {
        return unit.toMillis(amount);
    }
}
