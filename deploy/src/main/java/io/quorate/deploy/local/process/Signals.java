package io.quorate.deploy.local.process;

import io.quorate.deploy.local.folder.LocalClusterException;
import io.quorate.deploy.local.folder.NodeFolder;
import io.quorate.deploy.local.folder.Waiting;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Stops, kills, pauses and resumes nodes by signals, and waits until these have had their effect. */
public final class Signals {
    private static final long EFFECT_MS_MAX = 10_000;

    private final Reporter reporter;

    public Signals(Reporter reporter) {
        this.reporter = reporter;
    }

    /** SIGTERM for a clean end. SIGKILL if that takes too long. */
    public void stop(List<NodeFolder> nodes, long waitMs) throws IOException, LocalClusterException {
        for (NodeFolder node : nodes) {
            reportIfDown(node);
            node.signal("TERM");
            node.signal("CONT"); // a paused process cannot end
        }
        for (NodeFolder node : nodes) {
            if (!Waiting.until(waitMs, () -> !node.isRunning())) {
                reporter.warn(
                        node.id() + " did not stop within " + TimeUnit.MILLISECONDS.toSeconds(waitMs) + "s: SIGKILL");
                node.signal("KILL");
                awaitDown(node);
            }
        }
    }

    public void kill(List<NodeFolder> nodes) throws IOException, LocalClusterException {
        for (NodeFolder node : nodes) {
            reportIfDown(node);
            node.signal("KILL");
        }
        for (NodeFolder node : nodes) {
            awaitDown(node);
        }
    }

    public void pause(List<NodeFolder> nodes) throws IOException, LocalClusterException {
        for (NodeFolder node : nodes) {
            if (!node.isRunning()) {
                throw LocalClusterException.failed(node.id() + " is not running; the nodes named before it are paused");
            }
            node.signal("STOP");
            if (!Waiting.until(EFFECT_MS_MAX, () -> node.state() != NodeFolder.ProcessState.RUNNING)) {
                throw LocalClusterException.failed(node.id() + " goes on after SIGSTOP");
            }
        }
    }

    public void resume(List<NodeFolder> nodes) throws IOException, LocalClusterException {
        for (NodeFolder node : nodes) {
            node.signal("CONT");
            if (!Waiting.until(EFFECT_MS_MAX, () -> node.state() != NodeFolder.ProcessState.PAUSED)) {
                throw LocalClusterException.failed(node.id() + " stays paused after SIGCONT");
            }
        }
    }

    private void reportIfDown(NodeFolder node) {
        if (!node.isRunning()) {
            reporter.report(node.id() + " is not running");
        }
    }

    private static void awaitDown(NodeFolder node) throws LocalClusterException {
        if (!Waiting.until(EFFECT_MS_MAX, () -> !node.isRunning())) {
            throw LocalClusterException.failed(node.id() + " survives SIGKILL");
        }
    }
}
