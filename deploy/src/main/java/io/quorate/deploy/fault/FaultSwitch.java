package io.quorate.deploy.fault;

import io.quorate.common.link.Links;
import io.quorate.common.time.Clock;
import io.quorate.common.time.SystemClock;
import io.quorate.node.lsm.disk.Disk;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a node's file of faults. It reads the file every {@value #POLL_MS} ms, and writes the faults that are in
 * effect into a second file. By that a command that injects a fault knows when it has taken effect.
 */
public final class FaultSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(FaultSwitch.class);

    private static final long POLL_MS = 100;

    private final Path file;
    private final FaultyLinks links = new FaultyLinks(this::current);
    private String trouble = "";
    private volatile Faults current;

    private FaultSwitch(Path file, Faults initially) {
        this.file = file;
        this.current = initially;
    }

    /** @throws IOException if the file exists and holds a value that is not allowed */
    public static FaultSwitch open(Path file) throws IOException {
        FaultSwitch faults = new FaultSwitch(file, Faults.read(file));
        faults.current.write(inEffect(file));
        LOG.warn("faults can be injected into this node through {}; now: {}", file, faults.current);
        return faults;
    }

    /** The file in which a running node shows which of the faults in {@code file} are in effect. */
    public static Path inEffect(Path file) {
        return file.resolveSibling("in-effect-" + file.getFileName());
    }

    public Faults current() {
        return current;
    }

    public Links links() {
        return links;
    }

    /** The same directory, of which each force takes as much longer as the file says. */
    public Disk slowDisk(Disk machine) {
        return new SlowDisk(machine, this::current, SystemClock.INSTANCE);
    }

    /** The machine's clock, with its wall clock set off as the file says. */
    public Clock skewedClock(Clock machine) {
        return new SkewedClock(machine, this::current);
    }

    /** Follows the file for as long as {@code vertx} is open, on its worker threads. */
    public void watch(Vertx vertx) {
        vertx.setTimer(POLL_MS, fired -> vertx.executeBlocking(this::reload).onComplete(looked -> watch(vertx)));
    }

    private boolean reload() {
        try {
            Faults read = Faults.read(file);
            if (!read.equals(current)) {
                LOG.warn("faults of this node from now on: {}", read);
                current = read;
                links.changed();
                read.write(inEffect(file));
            }
            trouble = "";
            return true;
        } catch (IOException e) {
            if (!trouble.equals(e.getMessage())) {
                trouble = String.valueOf(e.getMessage());
                LOG.warn("the faults of this node stay as they are: {}", trouble);
            }
            return false;
        }
    }
}
