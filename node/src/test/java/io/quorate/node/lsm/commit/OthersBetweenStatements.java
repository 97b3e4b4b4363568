package io.quorate.node.lsm.commit;

import io.quorate.node.lsm.interleaving.Interleaving;
import io.quorate.node.lsm.lifetime.References;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongFunction;

/**
 * Code without locks. Between any two statements of a caller another one does the same, or does not. Says of a seed
 * what went wrong.
 */
public final class OthersBetweenStatements implements LongFunction<Optional<String>> {
    private static final int CALLS = 300;
    private static final int OTHERS_MAX = 1_000;

    /** Not always: a caller that is always overtaken would never come to its end. */
    private static final int ONE_IN_SO_MANY = 3;

    private final List<QueuedTask> own = new ArrayList<>();
    private final List<QueuedTask> others = new ArrayList<>();
    private Random random = new Random(0);
    private CommitQueue queue = new CommitQueue();
    private boolean woken;
    private References references = new References();
    private int held;

    @Override
    public Optional<String> apply(long seed) {
        random = new Random(seed);
        try {
            push();
            countReferences();
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of("seed " + seed + ": " + e);
        } finally {
            Interleaving.let(() -> {});
        }
    }

    /** A task may neither be lost, nor overtake one of the same caller, nor wait although nobody was woken. */
    private void push() {
        queue = new CommitQueue();
        own.clear();
        others.clear();
        ArrayDeque<QueuedTask> taken = new ArrayDeque<>();
        Interleaving.let(() -> {
            if (others.size() < OTHERS_MAX && random.nextInt(ONE_IN_SO_MANY) == 0) {
                push(others);
            }
        });
        for (int call = 0; call < CALLS; call++) {
            push(own);
            if (random.nextInt(5) == 0) {
                drainTo(taken);
            }
        }
        Interleaving.let(() -> {});
        drainTo(taken);
        require(taken.stream().filter(own::contains).toList().equals(own), "own tasks were lost or in another order");
        require(taken.stream().filter(others::contains).toList().equals(others), "tasks of others were lost");
        require(taken.size() == own.size() + others.size(), "tasks were taken twice");
    }

    private void push(List<QueuedTask> ofCaller) {
        QueuedTask task = new QueuedTask.Close(() -> {});
        ofCaller.add(task);
        boolean wakes = queue.push(task);
        woken |= wakes;
    }

    private void drainTo(ArrayDeque<QueuedTask> taken) {
        int before = taken.size();
        boolean mayTake = woken;
        woken = false;
        queue.drainTo(taken);
        require(mayTake || taken.size() == before, "a task waited, and nobody was woken");
    }

    /** A lost count would free the object too early or never. */
    private void countReferences() {
        references = new References();
        held = 0;
        Interleaving.let(() -> {
            if (random.nextInt(ONE_IN_SO_MANY) == 0) {
                takeOrGiveBack();
            }
        });
        for (int call = 0; call < CALLS; call++) {
            takeOrGiveBack();
        }
        Interleaving.let(() -> {});
        for (; held > 0; held--) {
            require(!references.release(), "the object was freed while it was used");
        }
        require(references.release(), "the object was never freed");
    }

    private void takeOrGiveBack() {
        if (held > 0 && random.nextBoolean()) {
            held--;
            require(!references.release(), "the object was freed while it was used");
        } else {
            references.acquire();
            held++;
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}
