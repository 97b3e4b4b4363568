package io.quorate.common.statistics;

import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * One number, and how it is shown.
 *
 * @param <S> where the number comes from
 * @param name in JSON, with its unit
 * @param metric its name as a metric, with dots, below {@code quorate.store}, or empty if no metric shows it
 * @param description for people who read the metric
 */
public record Figure<S>(
        String name,
        FigureUnit unit,
        FigureKind kind,
        Optional<String> metric,
        String description,
        ToLongFunction<S> value) {
    /** A number that is also a metric. */
    public Figure(
            String name, FigureUnit unit, FigureKind kind, String metric, String description, ToLongFunction<S> value) {
        this(name, unit, kind, Optional.of(metric), description, value);
    }

    /** A number that is no metric, since another metric shows the same in more detail. */
    public Figure(String name, FigureUnit unit, FigureKind kind, String description, ToLongFunction<S> value) {
        this(name, unit, kind, Optional.empty(), description, value);
    }

    public long of(S source) {
        return value.applyAsLong(source);
    }

    /** The number in the unit of metrics. */
    public double metricOf(S source) {
        return of(source) / unit.perMetricUnit();
    }

    public enum FigureKind {
        /** Counts from 0 since the store was opened. */
        COUNTER,
        /** Goes up and down. */
        GAUGE
    }

    public enum FigureUnit {
        COUNT(1),
        BYTES(1),
        /** Milliseconds. Metrics have seconds. */
        MS(1e3);

        private final double perMetricUnit;

        FigureUnit(double perMetricUnit) {
            this.perMetricUnit = perMetricUnit;
        }

        double perMetricUnit() {
            return perMetricUnit;
        }
    }
}
