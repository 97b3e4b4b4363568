package io.quorate.node.checkpoint;

import io.quorate.common.model.DiskSpace;
import io.quorate.common.model.NodeId;
import io.quorate.common.time.Clock;
import io.quorate.node.checkpoint.CheckpointOutcome.CheckpointDone;
import io.quorate.node.checkpoint.CheckpointOutcome.CheckpointFailure;
import io.quorate.node.checkpoint.CheckpointOutcome.CheckpointFailure.FailureCause;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.RealDisk;
import io.quorate.node.lsm.disk.ShortageException;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.StoreException;
import io.quorate.node.voting.VotingRight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
 * a part of one: everything that reads checkpoints refuses that part, and its name stays taken until it is deleted.
 * There are only so many at once, since each keeps tables on the disk that merges have replaced. Safe for use by
 * several threads.
 */
public final class StoreCheckpoints {
    /** The message of the exception when there is no space for a new directory. */
    private static final String NO_SPACE = "No space left on device";

    private static final Logger LOG = LoggerFactory.getLogger(StoreCheckpoints.class);

    private final Store store;
    private final VotingRight right;
    private final Disk source;
    private final CheckpointFolder folder;
    private final int max;
    private final Executor readers;
    private final Clock clock;
    private final AtomicBoolean busy = new AtomicBoolean();

    /** @param max how many checkpoints there may be at once */
    public StoreCheckpoints(Store store, VotingRight right, Disk source, int max, Executor readers, Clock clock) {
        this.store = store;
        this.right = right;
        this.source = source;
        this.folder = CheckpointFolder.of(source);
        this.max = max;
        this.readers = readers;
        this.clock = clock;
    }

    public int max() {
        return max;
    }

    /**
     * Makes a checkpoint. Never blocks.
     *
     * @param name has the form of a node's id
     * @param listener called once, on this thread or a reader's
     */
    public void make(NodeId name, Consumer<CheckpointOutcome> listener) {
        alone(listener, () -> {
            Path path = folder.pathOf(name);
            if (Files.exists(path)) {
                return exists(path);
            }
            return isFull() ? tooMany() : make(path);
        });
    }

    /**
     * Deletes a checkpoint, or what a crash left of one. Never blocks.
     *
     * @param listener called once, on this thread or a reader's
     */
    public void delete(NodeId name, Consumer<CheckpointOutcome> listener) {
        alone(listener, () -> {
            Path path = folder.pathOf(name);
            if (!Files.exists(path)) {
                return new CheckpointFailure(
                        FailureCause.ABSENT, "there is no checkpoint " + path + ". Nothing was done");
            }
            CheckpointDone deleted = CheckpointFolder.measure(path, 0);
            CheckpointFolder.delete(path);
            LOG.info("deleted the checkpoint {}", path);
            return deleted;
        });
    }

    /**
     * All checkpoints, with those that a crash cut off, in the order of their names. Never blocks.
     *
     * @param found called on a reader's thread, if {@code failed} is not called
     */
    public void list(Consumer<List<StoredCheckpoint>> found, Consumer<CheckpointFailure> failed) {
        try {
            readers.execute(() -> listNow(found, failed));
        } catch (RejectedExecutionException e) {
            failed.accept(overloaded());
        }
    }

    private void listNow(Consumer<List<StoredCheckpoint>> found, Consumer<CheckpointFailure> failed) {
        List<StoredCheckpoint> all;
        try {
            all = folder.list();
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("the checkpoints could not be listed", e);
            failed.accept(new CheckpointFailure(cause(e), "the checkpoints could not be listed: " + e));
            return;
        }
        found.accept(all);
    }

    private interface Work {
        CheckpointOutcome run() throws IOException;
    }

    /** Nothing else makes or deletes a checkpoint meanwhile. */
    private void alone(Consumer<CheckpointOutcome> listener, Work work) {
        if (!busy.compareAndSet(false, true)) {
            listener.accept(new CheckpointFailure(
                    FailureCause.BUSY,
                    "this node makes or deletes another checkpoint. Nothing was done. Try again when that is done"));
            return;
        }
        try {
            readers.execute(() -> listener.accept(outcomeOf(work)));
        } catch (RejectedExecutionException e) {
            busy.set(false);
            listener.accept(overloaded());
        }
    }

    private static CheckpointFailure overloaded() {
        return new CheckpointFailure(
                FailureCause.OVERLOADED, "too many reads wait for the disk. Nothing was done. Try again");
    }

    private CheckpointOutcome outcomeOf(Work work) {
        try {
            return work.run();
        } catch (IOException e) {
            LOG.warn("a checkpoint could not be read or deleted", e);
            return new CheckpointFailure(cause(e), "the checkpoint could not be read or deleted: " + e);
        } catch (RuntimeException e) {
            LOG.error("a checkpoint failed", e);
            return new CheckpointFailure(
                    FailureCause.FAILED, "this is a defect of Quorate. The node's log has the details");
        } finally {
            busy.set(false);
        }
    }

    /** Cut off ones count as well: they take space, and keep replaced tables on the disk. */
    private boolean isFull() throws IOException {
        return folder.names().size() >= max;
    }

    private CheckpointFailure tooMany() throws IOException {
        return new CheckpointFailure(
                FailureCause.TOO_MANY,
                "checkpointsMax is " + max + ", and there are already " + folder.names()
                        + ". Delete one that is copied elsewhere. Nothing was done");
    }

    private static CheckpointFailure exists(Path path) {
        return new CheckpointFailure(
                FailureCause.EXISTS,
                "there is a directory " + path
                        + ". Choose another name, or delete it ('quorate checkpoint delete') if you no longer need it."
                        + " Without a file CURRENT it was cut off and is no checkpoint. Nothing was done");
    }

    private CheckpointOutcome make(Path path) {
        long beganNs = clock.monotonicNs();
        try {
            requireVote();
            store.requireSpace(DiskSpace.ALL_WRITES);
            NodeCheckpoint.write(store, source, new RealDisk(path));
            requireVote();
            CheckpointDone done =
                    CheckpointFolder.measure(path, TimeUnit.NANOSECONDS.toMillis(clock.monotonicNs() - beganNs));
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
                CheckpointFolder.delete(path);
            }
        } catch (IOException e) {
            LOG.warn("cannot delete the unfinished checkpoint {}. Delete it by hand", path, e);
            left = ". Its unfinished part could not be deleted. Delete " + path + " by hand";
        }
        return new CheckpointFailure(why, failure.getMessage() + ". There is no checkpoint " + path + left);
    }
}
