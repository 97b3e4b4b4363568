package io.quorate.node.convergence.handoff;

import io.quorate.common.model.Forgotten;
import io.quorate.common.model.Hint;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Version;
import io.quorate.common.statistics.HintFigures;
import io.quorate.common.time.HybridClock;
import io.quorate.node.convergence.antientropy.PassListener;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.commit.Completion;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.failure.RefusedException;
import io.quorate.node.lsm.failure.UnknownOutcomeException;
import io.quorate.node.lsm.format.Keyspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hints that this replica keeps: which writes other replicas missed (I14). A hint is written in the batch of the
 * write itself, so it takes no force of its own and no crash parts the two. It is erased when its target has
 * acknowledged the register.
 *
 * <p>The hints of one target are bounded. Beyond the bound none is added, and the target is marked as overflowed,
 * durably. A pass over all keys in which all members agreed ends that, if the target missed nothing since the pass
 * began. Safe for use by several threads.
 */
public final class Hints implements PassListener {
    private static final Logger LOG = LoggerFactory.getLogger(Hints.class);

    private final Store store;
    private final HintOptions options;
    private final HybridClock clock;
    private final List<Target> targets = new ArrayList<>();
    private final LongAdder replayed = new LongAdder();
    private final LongAdder offeredHere = new LongAdder();
    private volatile Runnable passNeeded = () -> {};

    /** What is kept for one member. */
    private static final class Target {
        private final HintCount count;

        /** How often hints became visible in the store. */
        private volatile long arrivals;

        /** Whether hints may wait. A pass over an empty store of hints ends it. */
        private volatile boolean mayWait = true;

        /** Whether a batch with the mark was made. It may not be applied yet. */
        private volatile boolean marking;

        private volatile boolean overflowed;

        /** How many keys were not noted. */
        private final AtomicLong dropped = new AtomicLong();

        /** The pass that may end the overflow, and what had been missed at its begin. */
        private volatile Optional<PassBegin> pass = Optional.empty();

        private volatile boolean awaitsPass = true;

        Target(int hintsMax) {
            this.count = new HintCount(hintsMax);
        }

        /** A drop is counted before anybody looks at the mark: see {@link Hints#end}. */
        boolean takes(Hint hint) {
            boolean taken =
                    count.add(hint.key(), HybridClock.millisOf(hint.version().timestamp()));
            if (!taken) {
                dropped.incrementAndGet();
            }
            return taken;
        }

        synchronized void arrived() {
            arrivals++;
            mayWait = true;
        }

        PassBegin begin(long number) {
            return new PassBegin(number, arrivals, dropped.get());
        }

        /** One pass at once for each overflow. If it does not end the overflow, one of the others will. */
        synchronized boolean needsPass() {
            boolean needed = overflowed && awaitsPass && !mayWait;
            awaitsPass &= !needed;
            return needed;
        }

        synchronized void foundNone(long seen) {
            if (arrivals == seen) {
                mayWait = false;
                count.clear();
            }
        }
    }

    private record PassBegin(long number, long arrivals, long dropped) {}

    /**
     * May block on the disk.
     *
     * @param members how many replicas the cluster has
     */
    public Hints(Store store, int members, HintOptions options, HybridClock clock) {
        this.store = store;
        this.options = options;
        this.clock = clock;
        for (int place = 0; place < members; place++) {
            Target target = new Target(options.hintsMax());
            Record mark = store.get(Keyspace.META, overflowKey(place));
            target.overflowed = isMark(mark);
            targets.add(target);
        }
    }

    public HintOptions options() {
        return options;
    }

    /** How many members the cluster has. */
    int members() {
        return targets.size();
    }

    // ---- noting ----

    /**
     * The writes that note who missed a record. They belong into the batch of the record itself.
     *
     * @param missed bits by the members' places
     */
    public List<Write> note(int missed, Hint hint) {
        List<Write> batch = new ArrayList<>(4);
        for (int place = 0; place < targets.size(); place++) {
            if ((missed & 1 << place) != 0) {
                note(place, hint, batch);
            }
        }
        return batch;
    }

    /** The writes that note what one member missed. Empty if nothing is added. */
    public List<Write> note(int target, List<Hint> hints) {
        List<Write> batch = new ArrayList<>(hints.size() + 1);
        if (target < targets.size()) {
            hints.forEach(hint -> note(target, hint, batch));
        }
        return batch;
    }

    private void note(int place, Hint hint, List<Write> batch) {
        Target target = targets.get(place);
        if (target.takes(hint)) {
            batch.add(HintEntries.waiting(place, hint));
        } else if (!target.overflowed) {
            target.marking = true;
            batch.add(overflow(place));
        }
    }

    /** Every batch has the mark until one of them is applied. */
    private Write overflow(int place) {
        return new Write(Keyspace.META, overflowKey(place), mark());
    }

    private Record mark() {
        return new Record(new Version(clock.next(0, Long.MAX_VALUE), 0, 0, 0), Tombstone.TOMBSTONE);
    }

    private static boolean isMark(Record mark) {
        return !mark.equals(Record.NEVER_WRITTEN) && !mark.isForgotten();
    }

    private static Key overflowKey(int place) {
        return Key.of("overflowed/" + place);
    }

    /** A batch with hints for these members is applied. */
    public void applied(int missed) {
        for (int place = 0; place < targets.size(); place++) {
            if ((missed & 1 << place) != 0) {
                applied(targets.get(place), place);
            }
        }
    }

    private void applied(Target target, int place) {
        target.arrived();
        if (!target.overflowed && target.marking) {
            target.overflowed = hasMark(place);
            target.awaitsPass = true;
        }
    }

    private boolean hasMark(int place) {
        boolean found = store.getFromMemory(Keyspace.META, overflowKey(place))
                .filter(Hints::isMark)
                .isPresent();
        if (found) {
            LOG.warn(
                    "member {} of the cluster, by name, missed more than {} keys (hintsMax). The others are not noted:"
                            + " the next pass of anti-entropy repairs them",
                    place + 1,
                    options.hintsMax());
        }
        return found;
    }

    // ---- replay ----

    /** Whether hints for this member may wait in the store. */
    boolean mayWait(int target) {
        return targets.get(target).mayWait;
    }

    /** To be given back to {@link #foundNone} when a pass that begins now is over. */
    long arrivals(int target) {
        return targets.get(target).arrivals;
    }

    /** A pass found no hint, and none arrived since it began. */
    void foundNone(int target, long arrivals) {
        targets.get(target).foundNone(arrivals);
        if (targets.get(target).needsPass()) {
            passNeeded.run();
        }
    }

    /** Reads some hints for a member. May block on the disk. */
    HintPage read(int target, HintPosition position) {
        return HintPage.read(store, target, position);
    }

    /** A pass found these again after a start of the process, and counts them. */
    void count(int target, List<Hint> hints) {
        HintCount count = targets.get(target).count;
        hints.forEach(hint ->
                count.add(hint.key(), HybridClock.millisOf(hint.version().timestamp())));
    }

    /**
     * The target has acknowledged these registers, so their hints go. A hint that is not erased is offered again.
     *
     * @param refused called if the store takes no writes now
     */
    void erase(int target, List<Hint> acknowledged, Runnable refused) {
        erase(target, acknowledged, () -> replayed.add(acknowledged.size()), refused);
    }

    /**
     * This replica does not hold these versions, so it can send them to nobody. Such a hint comes from a peer that is
     * wrong: it lies, or it means the disk that this replica had before.
     *
     * @param refused called if the store takes no writes now
     */
    void drop(int target, List<Hint> unheld, Runnable refused) {
        erase(
                target,
                unheld,
                () -> LOG.warn(
                        "dropped {} hints for member {} of the cluster, by name. This replica does not hold their"
                                + " versions, such as {} of {}",
                        unheld.size(),
                        target + 1,
                        unheld.get(0).version(),
                        unheld.get(0).key()),
                refused);
    }

    private void erase(int target, List<Hint> gone, Runnable done, Runnable refused) {
        if (gone.isEmpty()) {
            return;
        }
        List<Write> batch =
                gone.stream().map(hint -> HintEntries.erased(target, hint)).toList();
        store.write(batch, new Completion() {
            @Override
            public void applied() {
                HintCount count = targets.get(target).count;
                gone.forEach(hint -> count.erased(hint.key()));
                done.run();
            }

            @Override
            public void refused(RefusedException why) {
                refused.run();
            }

            @Override
            public void unknown(UnknownOutcomeException why) {
                refused.run();
            }
        });
    }

    /** Another replica offers so many registers that this one lacks. */
    public void offeredHere(int lacking) {
        offeredHere.add(lacking);
    }

    /** Grows while hints are replayed, by this replica or to it. */
    public long replaySteps() {
        return replayed.sum() + offeredHere.sum();
    }

    // ---- the end of an overflow ----

    /** @param needed runs when a member that missed too much has taken all hints, so that a pass should begin */
    public void onPassNeeded(Runnable needed) {
        passNeeded = needed;
    }

    @Override
    public void began(long number) {
        targets.forEach(target -> target.pass = Optional.of(target.begin(number)));
    }

    @Override
    public void verifiedAll(long number) {
        for (int place = 0; place < targets.size(); place++) {
            Target target = targets.get(place);
            if (target.overflowed && missedNothing(target, number)) {
                end(target, place, number);
            }
        }
    }

    private static boolean missedNothing(Target target, long number) {
        return target.pass.equals(Optional.of(target.begin(number)));
    }

    /**
     * A thread that drops a hint now either sees that the mark is gone, and writes it again with a later version. Or
     * its drop is seen here, and the mark stays.
     */
    private void end(Target target, int place, long number) {
        Record none = mark().forgotten(Forgotten.NO_ROUND);
        target.overflowed = false;
        if (!missedNothing(target, number)) {
            target.overflowed = true;
            return;
        }
        Write erased = new Write(Keyspace.META, overflowKey(place), none);
        store.write(List.of(erased), new Completion() {
            @Override
            public void applied() {
                LOG.info("member {} of the cluster, by name, has all keys that it missed", place + 1);
            }

            @Override
            public void refused(RefusedException why) {
                target.overflowed = true;
            }

            @Override
            public void unknown(UnknownOutcomeException why) {
                target.overflowed = true;
            }
        });
    }

    // ---- figures ----

    /** The members that hints wait for, or that missed more than was noted. */
    public List<HintFigures> figures() {
        List<HintFigures> figures = new ArrayList<>();
        for (int place = 0; place < targets.size(); place++) {
            HintFigures each = figures(place);
            if (each.waiting() > 0 || each.overflowed()) {
                figures.add(each);
            }
        }
        return figures;
    }

    public HintFigures figures(int place) {
        Target target = targets.get(place);
        return new HintFigures(place, target.count.waiting(), target.count.oldestMs(), target.overflowed);
    }

    /** How many hints were erased since the start, as their targets have the registers. */
    public long replayed() {
        return replayed.sum();
    }
}
