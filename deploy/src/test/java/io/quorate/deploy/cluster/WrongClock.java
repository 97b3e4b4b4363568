package io.quorate.deploy.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What a process takes for the time of day, by libfaketime. Time that only goes forward stays right. */
public final class WrongClock {
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";
    private static final long TICK_MS = 20;

    /** Empty if it runs double. */
    private final Optional<String> offset;

    private final long startNs = System.nanoTime();
    private Optional<ScheduledExecutorService> ticks = Optional.empty();

    private WrongClock(Optional<String> offset) {
        this.offset = offset;
    }

    /** @param offset such as {@code +1h} */
    public static WrongClock off(String offset) {
        return new WrongClock(Optional.of(offset));
    }

    /** By many small steps: the library's own way to run at another speed stretches the waits of a JVM without end. */
    public static WrongClock runningDouble() {
        return new WrongClock(Optional.empty());
    }

    /** Why no clock can be wrong on this machine. */
    static Optional<String> obstacle() {
        return library().isPresent()
                ? Optional.empty()
                : Optional.of("there is no " + LIBRARY + " under /usr/lib: install libfaketime");
    }

    /** @param folder of the process that will have this clock. It must outlive the process */
    Map<String, String> environment(Path folder) {
        Map<String, String> environment = new HashMap<>();
        environment.put("LD_PRELOAD", library().orElseThrow().toString());
        environment.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        // Otherwise the library takes every wait of the JVM for one until a time of day, and ends it at once.
        environment.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
        if (offset.isPresent()) {
            environment.put("FAKETIME", offset.get());
        } else {
            Path file = folder.resolve("clock");
            tick(file);
            environment.put("FAKETIME_TIMESTAMP_FILE", file.toString());
            environment.put("FAKETIME_NO_CACHE", "1");
        }
        return environment;
    }

    void stop() {
        ticks.ifPresent(ScheduledExecutorService::shutdownNow);
        ticks = Optional.empty();
    }

    private void tick(Path file) {
        stop();
        write(file);
        ScheduledExecutorService fresh = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "clock that runs double");
            thread.setDaemon(true);
            return thread;
        });
        fresh.scheduleAtFixedRate(() -> write(file), TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
        ticks = Optional.of(fresh);
    }

    /** All at once, since the process may read at any time. */
    private void write(Path file) {
        try {
            Path fresh = file.resolveSibling("clock.new");
            double aheadS = (System.nanoTime() - startNs) / 1e9;
            Files.createDirectories(file.getParent());
            Files.writeString(fresh, String.format(Locale.ROOT, "+%.3f%n", aheadS));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In /usr/lib, or in its folder for this kind of processor. */
    private static Optional<Path> library() {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/usr/lib"), "*linux*")) {
            for (Path folder : folders) {
                if (Files.exists(folder.resolve(LIBRARY))) {
                    return Optional.of(folder.resolve(LIBRARY));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(Path.of("/usr/lib", LIBRARY)).filter(Files::exists);
    }
}
