package io.quorate.deploy.simulation.client;

import io.quorate.deploy.simulation.judge.Marks;
import java.util.OptionalInt;

/** Gives each write on the keys of one run a mark that no other has. */
public final class FunctionMarks {
    private int digits;
    private int words;

    /** A digit of its own, while there are some left. */
    OptionalInt nextDigit() {
        return digits < Marks.DIGITS ? OptionalInt.of(digits++) : OptionalInt.empty();
    }

    String nextWord() {
        return "w" + words++;
    }
}
