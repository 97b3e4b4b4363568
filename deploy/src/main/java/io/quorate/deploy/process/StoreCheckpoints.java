package io.quorate.deploy.process;

import io.quorate.common.model.DiskSpace;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.coordinator.api.cluster.Checkpoints;
import io.quorate.node.checkpoint.NodeCheckpoint;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.lsm.format.FileKind;
import io.quorate.node.lsm.format.FileName;
import io.quorate.node.lsm.manifest.CurrentFile;
import io.quorate.node.voting.VotingRight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints of a running node's store, in {@code checkpoints/NAME} below its data directory, one at a time, on a
 * reader's thread. One that fails is deleted again, since a full disk needs its place; what a crash leaves of one is
 * refused by everything that reads checkpoints, and its name stays taken.
 */
final class StoreCheckpoints implements Checkpoints {
    private static final String DIRECTORY = "checkpoints";

    /** How a new directory that finds no room fails. */
    private static final String NO_SPACE = "No space left on device";

    private static final Logger LOG = LoggerFactory.getLogger(StoreCheckpoints.class);

    private final Store store;
    private final VotingRight right;
    private final Disk source;
    private final Executor readers;
    private final Clock clock;
    private final AtomicBoolean busy = new AtomicBoolean();

    StoreCheckpoints(Store store, VotingRight right, Disk source, Executor readers, Clock clock) {
        this.store = store;
        this.right = right;
        this.source = source;
        this.readers = readers;
        this.clock = clock;
    }

    @Override
    public void make(NodeId name, Consumer<CheckpointResult> listener) {
        if (!busy.compareAndSet(false, true)) {
            listener.accept(new CheckpointRefused(
                    CheckpointRefusalReason.BUSY,
                    "this node makes another checkpoint; nothing was done, try again when that is done"));
            return;
        }
        try {
            readers.execute(() -> listener.accept(makeAlone(name)));
        } catch (RejectedExecutionException e) {
            busy.set(false);
            listener.accept(new CheckpointRefused(
                    CheckpointRefusalReason.OVERLOADED,
                    "too many reads wait for the disk; nothing was done, try again"));
        }
    }

    private CheckpointResult makeAlone(NodeId name) {
        Path path = Path.of(source.pathOf(DIRECTORY)).resolve(name.name());
        try {
            return Files.exists(path) ? exists(path) : make(path);
        } catch (RuntimeException e) {
            LOG.error("making the checkpoint {} failed", path, e);
            return new CheckpointRefused(
                    CheckpointRefusalReason.FAILED, "this is a defect of Quorate; the node's log has more");
        } finally {
            busy.set(false);
        }
    }

    private static CheckpointRefused exists(Path path) {
        return new CheckpointRefused(
                CheckpointRefusalReason.EXISTS,
                "there is a directory " + path + ". Choose another name, or delete it if it is needed no longer, or if"
                        + " it has no file CURRENT: then it was cut off and is no checkpoint. Nothing was done");
    }

    private CheckpointResult make(Path path) {
        long beganNs = clock.monotonicNs();
        try {
            requireVote();
            store.requireRoom(DiskSpace.ALL_WRITES);
            RealDisk target = new RealDisk(path);
            NodeCheckpoint.write(store, source, target);
            requireVote();
            Made made = measured(target, TimeUnit.NANOSECONDS.toMillis(clock.monotonicNs() - beganNs));
            LOG.info("made the checkpoint {}: {} bytes, {} tables", path, made.bytes(), made.tableCount());
            return made;
        } catch (NoVoteException e) {
            return undone(path, CheckpointRefusalReason.NO_VOTE, e);
        } catch (CannotOpenException e) {
            return new CheckpointRefused(
                    CheckpointRefusalReason.EXISTS,
                    e.getMessage()); // somebody else was quicker, and what is there is theirs
        } catch (IOException | StoreException e) {
            return undone(path, cause(e), e);
        }
    }

    /** What a replica without a vote holds is less than it acknowledged, and a set with it would be believed complete. */
    private void requireVote() throws NoVoteException {
        if (!right.isVoter()) {
            throw new NoVoteException("this replica does not vote, so a copy of it would lack writes: " + right.why());
        }
    }

    private static final class NoVoteException extends Exception {
        private static final long serialVersionUID = 1L;

        NoVoteException(String message) {
            super(message);
        }
    }

    private static Made measured(Disk target, long elapsedMs) throws IOException {
        long bytes = 0;
        long tables = 0;
        for (String name : target.list()) {
            try (DiskFile file = target.open(name)) {
                bytes += file.size();
            }
            tables += FileName.parse(name).filter(file -> file.kind() == FileKind.TABLE).stream()
                    .count();
        }
        return new Made(target.pathOf(""), bytes, tables, elapsedMs);
    }

    private static CheckpointRefusalReason cause(Exception failure) {
        if (failure instanceof RefusedException refused) {
            return refused.reason() == RefusedException.RefusedBecause.DISK_FULL
                    ? CheckpointRefusalReason.DISK_FULL
                    : CheckpointRefusalReason.CLOSING;
        }
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof DiskFullException
                    || String.valueOf(each.getMessage()).contains(NO_SPACE)) {
                return CheckpointRefusalReason.DISK_FULL;
            }
        }
        return CheckpointRefusalReason.FAILED;
    }

    private static CheckpointResult undone(Path path, CheckpointRefusalReason why, Exception failure) {
        LOG.warn("no checkpoint {}: {}", path, failure.getMessage(), failure);
        String left = "";
        try {
            if (Files.exists(path)) {
                delete(path);
            }
        } catch (IOException e) {
            LOG.warn("cannot delete what was made of the checkpoint {}; delete it by hand", path, e);
            left = ". What was made of it could not be deleted: delete " + path + " by hand";
        }
        return new CheckpointRefused(why, failure.getMessage() + ". There is no checkpoint " + path + left);
    }

    /** {@code CURRENT} first: without it there is no store there. */
    private static void delete(Path path) throws IOException {
        RealDisk disk = new RealDisk(path);
        Files.deleteIfExists(path.resolve(CurrentFile.NAME));
        disk.forceDirectory();
        for (String name : disk.list()) {
            disk.delete(name);
        }
        Files.delete(path);
    }
}
