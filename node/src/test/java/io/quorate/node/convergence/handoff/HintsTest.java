package io.quorate.node.convergence.handoff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Direction;
import io.quorate.common.model.Hint;
import io.quorate.common.model.Key;
import io.quorate.common.model.Version;
import io.quorate.common.statistics.HintFigures;
import io.quorate.common.time.HybridClock;
import io.quorate.common.time.SystemClock;
import io.quorate.node.convergence.antientropy.PassMemory;
import io.quorate.node.lsm.RequiredCompletion;
import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.commit.Write;
import io.quorate.node.lsm.crashdisk.CrashDisk;
import io.quorate.node.lsm.disk.DataDirectory;
import io.quorate.node.lsm.options.StoreOptions;
import io.quorate.node.lsm.options.StoreThreads;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HintsTest {
    private static final int TARGET = 2;

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final CrashDisk disk = new CrashDisk();
    private final HybridClock clock = new HybridClock(SystemClock.INSTANCE, 500);
    private Store store;

    @BeforeEach
    void open() throws IOException {
        DataDirectory directory = DataDirectory.create(disk);
        Store.create(directory);
        StoreThreads threads = new StoreThreads(
                tasks::add, tasks::add, tasks::add, (delayMs, action) -> () -> {}, SystemClock.INSTANCE);
        store = Store.open(directory, StoreOptions.DEFAULTS.withBallastBytes(0), threads, failure -> {
            throw failure;
        });
    }

    private Hints hints(int hintsMax) {
        return new Hints(store, 3, new HintOptions(hintsMax, 1 << 20), clock);
    }

    @Test
    void aHintIsReadAsItWasNotedAndGoneWhenItIsErased() {
        Hints hints = hints(1_000);
        Hint plain = hint("a", 5, 0);
        Hint conditional = hint("b", 5, 3);
        note(hints, plain);
        note(hints, conditional);
        assertEquals(List.of(plain, conditional), read(hints, Direction.ASCENDING));
        assertEquals(List.of(conditional, plain), read(hints, Direction.DESCENDING));

        erase(hints, plain);

        assertEquals(List.of(conditional), read(hints, Direction.ASCENDING));
        assertEquals(1, hints.replayed());
    }

    /** A conditional write makes the next step of the version that it replaces. */
    @Test
    void anErasedHintDoesNotHideTheHintOfTheNextStep() {
        Hints hints = hints(1_000);
        note(hints, hint("a", 5, 0));
        erase(hints, hint("a", 5, 0));
        note(hints, hint("a", 5, 1));
        assertEquals(List.of(hint("a", 5, 1)), read(hints, Direction.ASCENDING));
    }

    @Test
    void anErasedHintDoesNotHideOneThatCameMeanwhile() {
        Hints hints = hints(1_000);
        note(hints, hint("a", 5, 0));
        note(hints, hint("a", 6, 0));
        erase(hints, hint("a", 5, 0));
        assertEquals(List.of(hint("a", 6, 0)), read(hints, Direction.ASCENDING));
    }

    @Test
    void theLongestKeyHasRoomForItsTarget() {
        Hints hints = hints(1_000);
        byte[] longest = new byte[Key.BYTES_MAX];
        Arrays.fill(longest, (byte) 0xff);
        Hint hint = new Hint(Key.of(longest), new Version(1, 1, 1, 0));
        note(hints, hint);
        note(hints, hint("a", 1, 0));
        assertEquals(List.of(hint("a", 1, 0), hint), read(hints, Direction.ASCENDING));
        assertEquals(List.of(hint, hint("a", 1, 0)), read(hints, Direction.DESCENDING));
    }

    @Test
    void manyHintsComeInPagesUpAndDown() {
        Hints hints = hints(10_000);
        List<Hint> noted = new ArrayList<>();
        for (int i = 1_000; i < 2_000; i++) {
            noted.add(hint("key-" + i, i, 0));
        }
        noted.forEach(hint -> note(hints, hint));
        assertEquals(noted, read(hints, Direction.ASCENDING));
        List<Hint> down = new ArrayList<>(noted);
        Collections.reverse(down);
        assertEquals(down, read(hints, Direction.DESCENDING));
    }

    @Test
    void tooManyHintsAreMarkedDurably() {
        Hints hints = hints(10);
        for (int i = 0; i < 40; i++) {
            note(hints, hint("key-" + i, 1 + i, 0));
        }
        HintFigures figures = hints.figures(TARGET);
        assertTrue(figures.overflowed(), figures::toString);
        assertTrue(read(hints, Direction.ASCENDING).size() < 20);
        assertTrue(hints(10).figures(TARGET).overflowed(), "after a start");
        assertEquals(
                List.of(),
                hints(10).figures().stream()
                        .filter(each -> each.target() != TARGET)
                        .toList());
    }

    @Test
    void aPassThatFoundNothingEndsTheLookUnlessAHintArrivedMeanwhile() {
        Hints hints = hints(10);
        assertTrue(hints.mayWait(TARGET), "nobody has looked yet");
        long arrivals = hints.arrivals(TARGET);
        note(hints, hint("a", 5, 0));
        hints.foundNone(TARGET, arrivals);
        assertTrue(hints.mayWait(TARGET));
        hints.foundNone(TARGET, hints.arrivals(TARGET));
        assertTrue(!hints.mayWait(TARGET));
    }

    @Test
    void anOverflowIsShownAlsoIfHintsAreErasedBeforeItsMarkIsApplied() {
        Hints hints = hints(1);
        note(hints, hint("a", 1, 0));
        List<Write> marked = hints.note(1 << TARGET, hint("b", 2, 0));
        erase(hints, hint("a", 1, 0));
        write(hints, marked);
        assertTrue(hints.figures(TARGET).overflowed());
    }

    /** No key has so many conditional writes. But a peer may send any step. */
    @Test
    void theLargestStepIsNoDefect() {
        Hints hints = hints(10);
        note(hints, hint("a", 5, Long.MAX_VALUE));
        note(hints, hint("b", 5, -1));
        List<Hint> waiting = read(hints, Direction.ASCENDING);
        assertEquals(2, waiting.size());
        waiting.forEach(hint -> erase(hints, hint));
        assertEquals(List.of(), read(hints, Direction.ASCENDING));
    }

    @Test
    void aWholePassThatVerifiedAllEndsAnOverflowThatBeganBefore() {
        Hints hints = overflowed();
        PassMemory memory = memoryFor(hints);
        PassProgress pass = PassProgress.begin(1, 1, 0);
        memory.reached(pass);
        memory.ended(pass);
        runAll();
        assertFalse(hints.figures(TARGET).overflowed());
        assertFalse(hints(10).figures(TARGET).overflowed(), "after a start");

        note(hints, hint("one more", 100, 0));
        assertTrue(hints.figures(TARGET).overflowed(), "anew");
        assertTrue(hints(10).figures(TARGET).overflowed(), "anew, after a start");
    }

    @Test
    void aMissDuringThePassKeepsTheOverflow() {
        Hints hints = overflowed();
        PassMemory memory = memoryFor(hints);
        PassProgress pass = PassProgress.begin(1, 1, 0);
        memory.reached(pass);
        hints.note(1 << TARGET, hint("not noted", 100, 0));
        memory.ended(pass);
        runAll();
        assertTrue(hints.figures(TARGET).overflowed());
        assertTrue(hints(10).figures(TARGET).overflowed(), "after a start");
    }

    @Test
    void aPassOfWhichThisReplicaMissedTheBeginKeepsTheOverflow() {
        Hints hints = overflowed();
        PassMemory memory = memoryFor(hints);
        PassProgress pass = PassProgress.begin(1, 1, 0).after(Key.of("m"), SlotSet.NONE);
        memory.reached(pass);
        memory.ended(pass);
        memory.ended(PassProgress.begin(2, 1, 0));
        runAll();
        assertTrue(hints.figures(TARGET).overflowed());
    }

    @Test
    void aPassThatVerifiedNotAllKeepsTheOverflow() {
        Hints hints = overflowed();
        PassMemory memory = memoryFor(hints);
        PassProgress pass = PassProgress.begin(1, 1, 0);
        memory.reached(pass);
        memory.ended(pass.complete(SlotSet.of(IntStream.of(7))));
        runAll();
        assertTrue(hints.figures(TARGET).overflowed());
    }

    @Test
    void anOverflowHurriesOnePassOnceItsHintsAreTaken() {
        Hints hints = overflowed();
        PassMemory memory = memoryFor(hints);
        assertFalse(memory.isHurried(), "the target may be away still");
        hints.foundNone(TARGET, hints.arrivals(TARGET));
        assertTrue(memory.isHurried());

        memory.ended(PassProgress.begin(1, 1, 0));
        hints.foundNone(TARGET, hints.arrivals(TARGET));
        assertFalse(memory.isHurried(), "once is enough");
    }

    /** So that nobody believes that slots were verified in a time to come. */
    @Test
    void aPassThatBeganInTheFutureVerifiesForNow() {
        PassMemory memory = memoryFor(hints(10));
        memory.ended(PassProgress.begin(1, Long.MAX_VALUE, 0));
        assertTrue(memory.shown().verifiedMs().max().orElseThrow() <= SystemClock.INSTANCE.wallMs());
    }

    private Hints overflowed() {
        Hints hints = hints(10);
        for (int i = 0; i < 40; i++) {
            note(hints, hint("key-" + i, 1 + i, 0));
        }
        assertTrue(hints.figures(TARGET).overflowed());
        return hints;
    }

    private PassMemory memoryFor(Hints hints) {
        PassMemory memory = new PassMemory(store, SystemClock.INSTANCE);
        memory.watch(hints);
        hints.onPassNeeded(memory::hurry);
        return memory;
    }

    private static Hint hint(String key, long timestamp, long step) {
        return new Hint(Key.of(key), new Version(timestamp, 1, 1, step));
    }

    private void note(Hints hints, Hint hint) {
        List<Write> batch = hints.note(1 << TARGET, hint);
        if (!batch.isEmpty()) {
            write(hints, batch);
        }
    }

    private void write(Hints hints, List<Write> batch) {
        store.write(batch, new RequiredCompletion(() -> hints.applied(1 << TARGET)));
        runAll();
    }

    private void erase(Hints hints, Hint hint) {
        hints.erase(TARGET, List.of(hint), () -> {
            throw new AssertionError("refused");
        });
        runAll();
    }

    /** In the direction of the pages. The hints of each page ascend. */
    private List<Hint> read(Hints hints, Direction direction) {
        List<Hint> found = new ArrayList<>();
        HintPage page;
        HintPosition next = HintPosition.begin(direction);
        do {
            page = hints.read(TARGET, next);
            next = page.next();
            List<Hint> each = new ArrayList<>(page.hints());
            if (direction == Direction.DESCENDING) {
                Collections.reverse(each);
            }
            found.addAll(each);
        } while (!page.isLast());
        return found;
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }
}
