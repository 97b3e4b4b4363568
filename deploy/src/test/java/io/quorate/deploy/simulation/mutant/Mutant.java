package io.quorate.deploy.simulation.mutant;

import io.quorate.deploy.simulation.schedule.RandomSchedules;
import io.quorate.node.mutant.SourceChange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * A way to break the code. Production code has no switch for it.
 *
 * @param rule what it breaks in {@code coordinator/docs/protocol.md}: the number of an invariant, such as {@code I5},
 *     or a heading, such as {@code Expiry}. A judge of that rule has to find it
 * @param schedules the runs in which it must be found: a public class that says of a seed which violation it shows
 */
record Mutant(
        String name, SourceChange change, String rule, Class<? extends LongFunction<Optional<String>>> schedules) {
    static Mutant of(String name, Class<?> source, String text, String replacement) {
        return of(name, source.getName(), text, replacement);
    }

    static Mutant of(String name, String source, String text, String replacement) {
        return new Mutant(name, new SourceChange(source, text, replacement), "", RandomSchedules.class);
    }

    /** The name of a class that only its package sees, such as this one. */
    static String besides(Class<?> seen, String simpleName) {
        return SourceChange.besides(seen, simpleName);
    }

    Mutant breaks(String ruleOfTheProtocol) {
        return new Mutant(name, change, ruleOfTheProtocol, schedules);
    }

    /** For what random schedules meet too seldom. */
    Mutant shownBy(Class<? extends LongFunction<Optional<String>>> directed) {
        return new Mutant(name, change, rule, directed);
    }

    /** A judge's finding begins with its rule. An assertion of the code names its invariant in brackets. */
    boolean isSeenIn(String findings) {
        return findings.lines()
                .anyMatch(finding -> finding.startsWith(rule + ":") || finding.contains("(" + rule + ")"));
    }

    /** The schedules over the broken code. */
    LongFunction<Optional<String>> plant(Path root, Path directory) throws IOException, ReflectiveOperationException {
        return change.plant(root, directory).schedules(schedules);
    }

    @Override
    public String toString() {
        return name;
    }
}
