package io.quorate.junit;

import io.quorate.deploy.local.fault.FaultOrder.FaultKind;
import io.quorate.deploy.local.folder.NodeFolder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * One node of a {@link TestCluster}: a process that can be killed and paused, and whose network and clock can be
 * disturbed. Each method returns when its effect is there.
 */
public final class TestNode {
    private final TestCluster cluster;
    private final NodeFolder folder;

    TestNode(TestCluster cluster, NodeFolder folder) {
        this.cluster = cluster;
        this.folder = folder;
    }

    /** {@code n1}, {@code n2} and so on. */
    public String id() {
        return folder.id().name();
    }

    /** Where it answers clients. */
    public URI uri() {
        return URI.create(cluster.httpAddress(folder));
    }

    /** Its log, which goes on over all of its processes. */
    public Path log() {
        return folder.log();
    }

    /** Whether its process exists, paused or not. */
    public boolean isRunning() {
        return folder.isRunning();
    }

    /** SIGKILL: the process ends at once, and what it had not written to its disk is lost. */
    public void kill() {
        inject(FaultKind.KILL, 0);
    }

    /** Starts it after a {@link #kill}, on the data that it had. Returns when it serves clients. */
    public void start() {
        inject(FaultKind.START, 0);
    }

    /** Stops it by SIGTERM and starts it again. */
    public void restart() {
        inject(FaultKind.RESTART, 0);
    }

    /** SIGSTOP: its connections stay open and it answers nothing, until {@link #resume}. */
    public void pause() {
        inject(FaultKind.PAUSE, 0);
    }

    public void resume() {
        inject(FaultKind.RESUME, 0);
    }

    /** Nothing gets through between it and all other nodes. Clients still reach it. */
    public void cut() {
        cluster.nodes().stream().filter(other -> other != this).forEach(this::cutFrom);
    }

    /** Nothing gets through between the two, in both directions. */
    public void cutFrom(TestNode other) {
        cluster.inject(FaultKind.CUT, Optional.of(folder), Optional.of(other.folder), 0);
    }

    /**
     * All that it sends to other nodes is late.
     *
     * @param delay at most 10 s
     */
    public void slow(Duration delay) {
        inject(FaultKind.SLOW, delay.toMillis());
    }

    /**
     * Each force of its disk takes longer, and so each write to it.
     *
     * @param delay at most 10 s
     */
    public void slowDisk(Duration delay) {
        inject(FaultKind.SLOW_DISK, delay.toMillis());
    }

    /**
     * Sets its clock forward, or back if negative.
     *
     * @param offset at most 30 days either way
     */
    public void skew(Duration offset) {
        inject(FaultKind.SKEW, offset.toMillis());
    }

    /** Ends its cuts, its delays, its skew and its pause. It does not start it. */
    public void heal() {
        inject(FaultKind.HEAL, 0);
    }

    private void inject(FaultKind kind, long ms) {
        cluster.inject(kind, Optional.of(folder), Optional.empty(), ms);
    }

    @Override
    public String toString() {
        return id();
    }
}
