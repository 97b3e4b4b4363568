package io.quorate.deploy.bench.scenario;

import io.quorate.common.text.ConstantText;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a scenario expects of one figure.
 *
 * @param label for {@link Measure#COUNT}: the part of an ending's label
 * @param atLeast whether the bound is a lower one
 */
record Expectation(Measure measure, String phase, String group, String label, boolean atLeast, Bound bound) {
    /**
     * What came of an expectation.
     *
     * @param found empty if the figure is unknown, which does not meet the expectation
     */
    record JudgedExpectation(Expectation expectation, OptionalDouble found, OptionalDouble allowed, boolean isMet) {
        String line() {
            return (isMet ? "met     " : "MISSED  ") + expectation + ": " + shown(found)
                    + (expectation.bound.phase().isPresent() ? " (bound " + shown(allowed) + ")" : "");
        }

        private String shown(OptionalDouble figure) {
            return figure.isEmpty()
                    ? "unknown"
                    : String.format(
                            Locale.ROOT,
                            figure.getAsDouble() < 10 ? "%.3f%s" : "%,.0f%s",
                            figure.getAsDouble(),
                            expectation.measure.unit());
        }
    }

    JudgedExpectation judge(List<PhaseResult> results) {
        OptionalDouble found = in(phase, results);
        OptionalDouble allowed = bound.phase().isEmpty()
                ? OptionalDouble.of(bound.number())
                : times(bound.number(), in(bound.phase().get(), results));
        boolean isMet = found.isPresent()
                && allowed.isPresent()
                && (atLeast
                        ? found.getAsDouble() >= allowed.getAsDouble()
                        : found.getAsDouble() <= allowed.getAsDouble());
        return new JudgedExpectation(this, found, allowed, isMet);
    }

    private static OptionalDouble times(double factor, OptionalDouble figure) {
        return figure.isEmpty() ? figure : OptionalDouble.of(factor * figure.getAsDouble());
    }

    private OptionalDouble in(String name, List<PhaseResult> results) {
        return results.stream()
                .filter(result -> result.phase().equals(name))
                .map(result -> measure.of(result, result.group(group), label))
                .findFirst()
                .orElse(OptionalDouble.empty());
    }

    @Override
    public String toString() {
        return ConstantText.hyphenated(measure) + (label.isEmpty() ? "" : " of '" + label + "'") + " of " + group
                + " in " + phase + (atLeast ? " >= " : " <= ") + bound;
    }
}
