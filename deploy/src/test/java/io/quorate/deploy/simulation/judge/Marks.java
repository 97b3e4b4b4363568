package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.function.Add;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The marks that writes leave in the content of a key whose clients use functions. Of a text they are its words. Of a
 * number they are its digits to the base 4: each write adds a digit of its own once. A digit of 2 is a mark twice.
 */
public final class Marks {
    /** So many digits there are. */
    public static final int DIGITS = 30;

    private static final String PREFIX = "function-";

    private Marks() {}

    public static Key counter() {
        return Key.of(PREFIX + "counter");
    }

    public static Key list() {
        return Key.of(PREFIX + "list");
    }

    /** Whether the clients of the key use functions. */
    static boolean hasFunctions(Key key) {
        return key.equals(counter()) || key.equals(list());
    }

    public static String ofDigit(int digit) {
        return "digit " + digit;
    }

    static List<String> of(Content content) {
        if (!(content instanceof Value value)) {
            return List.of();
        }
        OptionalLong number = Add.number(value);
        return number.isPresent()
                ? ofNumber(number.getAsLong())
                : List.of(new String(value.bytes(), StandardCharsets.UTF_8)
                        .strip()
                        .split(" "));
    }

    private static List<String> ofNumber(long number) {
        List<String> marks = new ArrayList<>();
        for (int digit = 0; number >> 2 * digit != 0; digit++) {
            for (long times = number >> 2 * digit & 3; times > 0; times--) {
                marks.add(ofDigit(digit));
            }
        }
        return marks;
    }
}
