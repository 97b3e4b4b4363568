package io.quorate.deploy.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.quorate.common.model.DiskSpace;
import io.quorate.common.statistics.Figure;
import io.quorate.common.statistics.LevelFigure;
import io.quorate.common.statistics.StoreFigure;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.statistics.LocalFigure;
import io.quorate.node.lsm.statistics.StoreStatistics;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The store of this process: its statistics as of the last scrape, and how long its log was forced each time. */
final class StoreMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(StoreMetrics.class);

    private static final String PREFIX = "quorate.store.";

    private final MeterRegistry registry;
    private volatile Watched watched;
    private volatile StoreStatistics statistics;
    private volatile double usableBytes = Double.NaN;
    private volatile double totalBytes = Double.NaN;

    private record Watched(Store store, Disk disk) {}

    StoreMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void watch(Store store, Disk disk) {
        watched = new Watched(store, disk);
        statistics = store.statistics();
        Timer forces = Timer.builder("quorate.store.log.force")
                .description("How long writing and forcing (fdatasync) a group of writes to the log took")
                .serviceLevelObjectives(Buckets.FORCE)
                .register(registry);
        store.onForce(elapsedNs -> forces.record(elapsedNs, TimeUnit.NANOSECONDS));
        bindFigures();
        bindDiskSpace(store);
    }

    /** Called before the meters are read. It may ask the file system. */
    void refresh() {
        Watched now = watched;
        if (now == null) {
            return;
        }
        statistics = now.store().statistics();
        try {
            usableBytes = now.disk().usableBytes();
            totalBytes = now.disk().totalBytes();
        } catch (IOException e) {
            usableBytes = Double.NaN;
            LOG.warn(
                    "cannot tell how full the file system of {} is: {}",
                    now.disk().pathOf(""),
                    e.toString());
        }
    }

    private void bindFigures() {
        for (StoreFigure each : StoreFigure.values()) {
            bind(each.figure(), () -> statistics.figures(), Tags.empty());
        }
        for (LocalFigure each : LocalFigure.values()) {
            bind(each.figure(), () -> statistics, Tags.empty());
        }
        int levels = statistics.figures().tables().levels().size();
        for (int level = 0; level < levels; level++) {
            bindLevel(level);
        }
        Gauge.builder(PREFIX + "write.amplification", this, each -> each.statistics
                        .figures()
                        .writeAmplification())
                .description("Bytes written to tables for each byte that users wrote, since the start")
                .register(registry);
    }

    private void bindLevel(int level) {
        Tags tags = Tags.of("level", Integer.toString(level));
        for (LevelFigure each : LevelFigure.values()) {
            bind(each.figure(), () -> statistics.figures().tables().levels().get(level), tags);
        }
    }

    private <S> void bind(Figure<S> figure, Supplier<S> source, Tags tags) {
        figure.metric().ifPresent(name -> register(PREFIX + name, figure, source, tags));
    }

    /** A meter refers to its object weakly, so that object is this one, which lives as long as the registry. */
    private <S> void register(String name, Figure<S> figure, Supplier<S> source, Tags tags) {
        ToDoubleFunction<StoreMetrics> value = any -> figure.metricOf(source.get());
        switch (figure.kind()) {
            case COUNTER ->
                FunctionCounter.builder(name, this, value)
                        .description(figure.description())
                        .tags(tags)
                        .register(registry);
            case GAUGE ->
                Gauge.builder(name, this, value)
                        .description(figure.description())
                        .tags(tags)
                        .register(registry);
        }
    }

    private void bindDiskSpace(Store store) {
        for (DiskSpace space : DiskSpace.values()) {
            Gauge.builder("quorate.store.disk.space", store, each -> each.diskSpace() == space ? 1 : 0)
                    .description("1 for what the disk has space for now")
                    .tag("space", space.label())
                    .register(registry);
        }
        Gauge.builder("quorate.disk.usable.bytes", this, each -> each.usableBytes)
                .description("About how much could be written to the store's file system")
                .register(registry);
        Gauge.builder("quorate.disk.total.bytes", this, each -> each.totalBytes)
                .description("How large the store's file system is")
                .register(registry);
    }
}
