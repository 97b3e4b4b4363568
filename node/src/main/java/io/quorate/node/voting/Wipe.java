package io.quorate.node.voting;

import io.quorate.node.identity.IdentityFile;
import io.quorate.node.identity.MembersFile;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.disk.Ballast;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.disk.Disk;
import io.quorate.node.lsm.failure.CannotOpenException;
import io.quorate.node.lsm.failure.CannotOpenException.OpenFailure;
import java.io.IOException;
import java.util.List;

/**
 * Gives a replica with a damaged store an empty one. It deletes only the ballast, which holds nothing. The other files
 * are renamed to {@code aside-<incarnation>-<name>}. The mark {@code filling} comes before the first rename, and the
 * mark {@code damaged} goes after the last. So a wipe that was cut off leaves no vote, and can run again.
 *
 * <p>The directory keeps its disk. Peers go on knowing it, so they fill it. The mark in it says that it has no vote.
 */
public final class Wipe {
    private static final String ASIDE = "aside-";
    private static final List<String> KEPT = List.of(
            DataDirectory.LOCK_NAME,
            IdentityFile.NAME,
            MembersFile.NAME,
            VotingRight.DAMAGED_NAME,
            VotingRight.FILLING_NAME);

    private static final String FILLING_TEXT =
            "this replica was emptied, as its store was damaged. It stores new writes and"
                    + " repairs, but has no vote, because it has forgotten writes that it acknowledged. The other replicas"
                    + " go on without it";

    private Wipe() {}

    /**
     * @param incarnation of this start. No other wipe of the directory has the same
     * @throws CannotOpenException if the store has no mark {@code damaged}. Nothing was changed
     */
    public static void run(DataDirectory directory, long incarnation) throws IOException {
        Disk disk = directory.disk();
        if (!disk.list().contains(VotingRight.DAMAGED_NAME)) {
            throw new CannotOpenException(
                    OpenFailure.FOREIGN,
                    "the store in " + disk.pathOf("") + " was not found damaged, so it is not wiped: a replica that"
                            + " forgets writes that it acknowledged loses its vote. Start the node without --wipe; nothing was"
                            + " changed");
        }
        Ballast.delete(disk);
        VotingRight.mark(disk, VotingRight.FILLING_NAME, FILLING_TEXT);
        for (String name : disk.list()) {
            if (!KEPT.contains(name) && !name.startsWith(ASIDE)) {
                disk.rename(name, aside(incarnation, name));
            }
        }
        disk.forceDirectory();
        Store.create(directory);
        disk.rename(VotingRight.DAMAGED_NAME, aside(incarnation, VotingRight.DAMAGED_NAME));
        disk.forceDirectory();
    }

    private static String aside(long incarnation, String name) {
        return ASIDE + incarnation + "-" + name;
    }
}
