package io.quorate.node.checkpoint;

import io.quorate.common.model.DiskSpace;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.node.checkpoint.CheckpointOutcome.CheckpointDone;
import io.quorate.node.checkpoint.CheckpointOutcome.CheckpointFailure;
import io.quorate.node.checkpoint.CheckpointOutcome.CheckpointFailure.FailureCause;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.disk.ShortageException;
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
 * Checkpoints of a running node's store, in {@code checkpoints/NAME} below its data directory. The node makes one at a
 * time, on a reader's thread. It deletes a checkpoint that fails, since a full disk needs the space. A crash may leave
 * a part of one: everything that reads checkpoints refuses that part, and its name stays taken. Safe for use by several
 * threads.
 */
public final class StoreCheckpoints {
    private static final String DIRECTORY = "checkpoints";

    /** The message of the exception when there is no space for a new directory. */
    private static final String NO_SPACE = "No space left on device";

    private static final Logger LOG = LoggerFactory.getLogger(StoreCheckpoints.class);

    private final Store store;
    private final VotingRight right;
    private final Disk source;
    private final Executor readers;
    private final Clock clock;
    private final AtomicBoolean busy = new AtomicBoolean();

    public StoreCheckpoints(Store store, VotingRight right, Disk source, Executor readers, Clock clock) {
        this.store = store;
        this.right = right;
        this.source = source;
        this.readers = readers;
        this.clock = clock;
    }

    /**
     * Makes a checkpoint. Never blocks.
     *
     * @param name has the form of a node's id
     * @param listener called once, on this thread or a reader's
     */
    public void make(NodeId name, Consumer<CheckpointOutcome> listener) {
        if (!busy.compareAndSet(false, true)) {
            listener.accept(new CheckpointFailure(
                    FailureCause.BUSY,
                    "this node makes another checkpoint. Nothing was done. Try again when that one is done"));
            return;
        }
        try {
            readers.execute(() -> listener.accept(makeAlone(name)));
        } catch (RejectedExecutionException e) {
            busy.set(false);
            listener.accept(new CheckpointFailure(
                    FailureCause.OVERLOADED, "too many reads wait for the disk. Nothing was done. Try again"));
        }
    }

    private CheckpointOutcome makeAlone(NodeId name) {
        Path path = Path.of(source.pathOf(DIRECTORY)).resolve(name.name());
        try {
            return Files.exists(path) ? exists(path) : make(path);
        } catch (RuntimeException e) {
            LOG.error("making the checkpoint {} failed", path, e);
            return new CheckpointFailure(
                    FailureCause.FAILED, "this is a defect of Quorate. The node's log has the details");
        } finally {
            busy.set(false);
        }
    }

    private static CheckpointFailure exists(Path path) {
        return new CheckpointFailure(
                FailureCause.EXISTS,
                "there is a directory " + path
                        + ". Choose another name, or delete the directory if you no longer need it."
                        + " Without a file CURRENT it was cut off and is no checkpoint. Nothing was done");
    }

    private CheckpointOutcome make(Path path) {
        long beganNs = clock.monotonicNs();
        try {
            requireVote();
            store.requireSpace(DiskSpace.ALL_WRITES);
            RealDisk target = new RealDisk(path);
            NodeCheckpoint.write(store, source, target);
            requireVote();
            CheckpointDone done = measured(target, TimeUnit.NANOSECONDS.toMillis(clock.monotonicNs() - beganNs));
            LOG.info("made the checkpoint {}: {} bytes, {} tables", path, done.bytes(), done.tableCount());
            return done;
        } catch (NoVoteException e) {
            return undone(path, FailureCause.NO_VOTE, e);
        } catch (CannotOpenException e) {
            return new CheckpointFailure(
                    FailureCause.EXISTS, e.getMessage()); // another process made the directory meanwhile, and keeps it
        } catch (IOException | StoreException e) {
            return undone(path, cause(e), e);
        }
    }

    /**
     * A replica without a vote holds less than it acknowledged. A set with its checkpoint would look complete and is
     * not.
     */
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

    private static CheckpointDone measured(Disk target, long elapsedMs) throws IOException {
        long bytes = 0;
        long tables = 0;
        for (String name : target.list()) {
            try (DiskFile file = target.open(name)) {
                bytes += file.size();
            }
            tables += FileName.parse(name).filter(file -> file.kind() == FileKind.TABLE).stream()
                    .count();
        }
        return new CheckpointDone(target.pathOf(""), bytes, tables, elapsedMs);
    }

    private static FailureCause cause(Exception failure) {
        if (failure instanceof RefusedException refused) {
            return switch (refused.reason()) {
                case DISK_FULL -> FailureCause.DISK_FULL;
                case OUT_OF_DESCRIPTORS, OVERLOADED -> FailureCause.OVERLOADED;
                case CLOSING, STOPPED, TOO_LARGE, NOT_ADMITTED -> FailureCause.CLOSING;
            };
        }
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof ShortageException lack) {
                return switch (lack.shortage()) {
                    case DISK_SPACE -> FailureCause.DISK_FULL;
                    case DESCRIPTORS -> FailureCause.OVERLOADED;
                };
            }
            if (String.valueOf(each.getMessage()).contains(NO_SPACE)) {
                return FailureCause.DISK_FULL;
            }
        }
        return FailureCause.FAILED;
    }

    private static CheckpointOutcome undone(Path path, FailureCause why, Exception failure) {
        LOG.warn("no checkpoint {}: {}", path, failure.getMessage(), failure);
        String left = "";
        try {
            if (Files.exists(path)) {
                delete(path);
            }
        } catch (IOException e) {
            LOG.warn("cannot delete the unfinished checkpoint {}. Delete it by hand", path, e);
            left = ". Its unfinished part could not be deleted. Delete " + path + " by hand";
        }
        return new CheckpointFailure(why, failure.getMessage() + ". There is no checkpoint " + path + left);
    }

    /** Deletes {@code CURRENT} first. Without that file the directory holds no store. */
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
