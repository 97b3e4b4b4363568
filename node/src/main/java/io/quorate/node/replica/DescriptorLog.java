package io.quorate.node.replica;

import io.quorate.common.time.Clock;
import io.quorate.node.lsm.disk.ShortageException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs when a node's store finds no file descriptor, and when it finds one again. While many connections compete for
 * the last descriptors, a shortage may begin and end every second. The log has that at most once a minute. Called in
 * the order of the changes, by one thread at a time.
 */
public final class DescriptorLog implements Consumer<Optional<ShortageException>> {
    private static final Logger LOG = LoggerFactory.getLogger(DescriptorLog.class);
    private static final long QUIET_NS = TimeUnit.MINUTES.toNanos(1);

    private final Clock clock;
    private Optional<Long> loggedNs = Optional.empty();
    private boolean warned;
    private long unlogged;

    public DescriptorLog(Clock clock) {
        this.clock = clock;
    }

    @Override
    public void accept(Optional<ShortageException> shortage) {
        if (shortage.isPresent()) {
            begins(shortage.get());
        } else if (warned) {
            LOG.info("there are file descriptors again: flushes, merges and all writes go on");
            warned = false;
        }
    }

    private void begins(ShortageException cause) {
        long nowNs = clock.monotonicNs();
        if (loggedNs.isPresent() && nowNs - loggedNs.get() < QUIET_NS) {
            unlogged++;
            return;
        }
        LOG.warn(
                "{}. Flushes and merges wait, and this replica refuses writes once its memtable is full. It answers reads."
                        + " Nothing that it acknowledged is lost. It tries again every second, a restart is not needed."
                        + " {} more such shortages were not logged",
                cause.getMessage(),
                unlogged);
        loggedNs = Optional.of(nowNs);
        warned = true;
        unlogged = 0;
    }
}
