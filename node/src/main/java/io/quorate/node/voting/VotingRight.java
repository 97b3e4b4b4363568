package io.quorate.node.voting;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.common.model.VotingStatus;
import io.quorate.node.lsm.disk.Ballast;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.disk.DiskFile;
import io.quorate.node.lsm.disk.DiskFullException;
import io.quorate.node.lsm.failure.CorruptException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of one replica to vote, and its voting status. The data directory has a file when the right is lost:
 * {@code damaged} or {@code filling}. Only the existence of the file counts. Its text is for people. A lost right does
 * not come back by itself. Safe for use by several threads.
 */
public final class VotingRight {
    static final String DAMAGED_NAME = "damaged";
    static final String FILLING_NAME = "filling";

    private static final Logger LOG = LoggerFactory.getLogger(VotingRight.class);
    private static final int TEXT_BYTES_MAX = 4096;
    private static final Voting VOTES = new Voting(VotingStatus.VOTING, "");

    private final Disk disk;
    private volatile Voting state;

    /** Whether the disk knows the loss of the right, if it is lost. Under the lock. */
    private boolean recorded = true;

    private record Voting(VotingStatus status, String why) {}

    private VotingRight(Disk disk, Voting state) {
        this.disk = disk;
        this.state = state;
    }

    /** The right by a directory. A damaged store that is being emptied counts as damaged until that is done. */
    public static VotingRight of(DataDirectory directory) throws IOException {
        Disk disk = directory.disk();
        if (disk.list().contains(DAMAGED_NAME)) {
            return new VotingRight(disk, new Voting(VotingStatus.DAMAGED, read(disk, DAMAGED_NAME)));
        }
        if (disk.list().contains(FILLING_NAME)) {
            return new VotingRight(disk, new Voting(VotingStatus.FILLING, read(disk, FILLING_NAME)));
        }
        return new VotingRight(disk, VOTES);
    }

    public VotingStatus votingStatus() {
        return state.status;
    }

    public boolean isVoter() {
        return state.status == VotingStatus.VOTING;
    }

    /** Why the replica has no vote, and what to do about it, or empty if it has one. */
    public String why() {
        return state.why;
    }

    /**
     * Ends the right to vote: at once in this process, and durably for later ones. If the disk could not record it, the
     * next call tries again. May block on the disk.
     */
    public synchronized void lose(CorruptException damage) {
        if (state.status != VotingStatus.DAMAGED) {
            state = new Voting(VotingStatus.DAMAGED, advice(damage));
            recorded = false;
            LOG.error("this replica stops voting: {}", state.why, damage);
        }
        if (!recorded) {
            record();
        }
    }

    private void record() {
        try {
            recorded = Ballast.orWithout(disk, () -> mark(disk, DAMAGED_NAME, state.why));
        } catch (DiskFullException e) {
            recorded = isMarked();
            if (!recorded) {
                reportNotRecorded(e);
            }
        } catch (IOException e) {
            reportNotRecorded(e);
        }
    }

    /** A full disk may have space for the name, though not for the text. */
    private boolean isMarked() {
        try {
            return disk.contains(DAMAGED_NAME);
        } catch (IOException e) {
            return false;
        }
    }

    private void reportNotRecorded(IOException why) {
        LOG.error(
                "cannot record in {} that this replica must not vote. Do not restart this node before that file"
                        + " exists, with any content: the next start might vote until it meets the damage again",
                disk.pathOf(DAMAGED_NAME),
                why);
    }

    private static String advice(CorruptException damage) {
        return damage.getMessage()
                + ". This node still coordinates through them, and a restart changes nothing. See to the disk, then stop"
                + " the node and start it with --wipe";
    }

    /**
     * Makes the file, durably.
     *
     * @throws DiskFullException if there was no space for its text. Its name may be there, durably, and that counts
     */
    static boolean mark(Disk disk, String name, String text) throws IOException {
        try (DiskFile file = disk.contains(name) ? disk.open(name) : disk.create(name)) {
            if (file.size() == 0) {
                byte[] bytes = (text + "\n").getBytes(UTF_8);
                file.writeFully(bytes, 0, bytes.length, 0);
                file.force();
            }
        } catch (DiskFullException e) {
            disk.forceDirectory();
            throw e;
        }
        disk.forceDirectory();
        return true;
    }

    private static String read(Disk disk, String name) throws IOException {
        try (DiskFile file = disk.open(name)) {
            byte[] bytes = new byte[(int) Math.min(file.size(), TEXT_BYTES_MAX)];
            file.readFully(bytes, 0, bytes.length, 0);
            String text = new String(bytes, UTF_8).strip();
            return text.isEmpty() ? "there is a file " + disk.pathOf(name) : text;
        }
    }
}
