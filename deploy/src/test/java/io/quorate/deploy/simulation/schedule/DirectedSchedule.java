package io.quorate.deploy.simulation.schedule;

import io.quorate.deploy.simulation.judge.Violation;
import java.util.Optional;
import java.util.function.LongFunction;

/** One story, message by message. The seed only decides how long messages take. */
abstract class DirectedSchedule implements LongFunction<Optional<String>> {
    /** Says what is wrong, by the story itself. */
    abstract Optional<String> play(long seed);

    /** Says what is wrong, by the story itself, by a judge, or by an assertion of the code. */
    @Override
    public final Optional<String> apply(long seed) {
        try {
            return play(seed);
        } catch (Violation | AssertionError e) {
            return Optional.of(e.getMessage());
        }
    }
}
