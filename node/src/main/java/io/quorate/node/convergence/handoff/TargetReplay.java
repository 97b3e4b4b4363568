package io.quorate.node.convergence.handoff;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Hint;
import io.quorate.common.thread.Defects;
import io.quorate.common.wire.Message.Lacks;
import io.quorate.common.wire.Message.Offer;
import io.quorate.common.wire.Message.Outdated;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.node.lsm.failure.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The replay of the hints for one member. A pass goes through all of them, a page at a time. It offers the versions,
 * and sends the registers that the member lacks. It erases a hint only when the member has acknowledged the register
 * (I14). A pass that meets trouble goes on after a pause, at the page that it had. If it does not get on there, it goes
 * on behind that page, since one page must not hold up all others. A later pass meets it again. Owned by one event
 * loop.
 */
final class TargetReplay {
    private static final long PAUSE_MS_MIN = 100;
    private static final long PAUSE_MS_MAX = 10_000;

    /**
     * After so long a pass begins even if no hint seems to wait. A hint that a late message noted again, while the
     * erased one of its version still hid it, comes to light without a word when a merge drops the erased one.
     */
    static final long SEARCH_MS = 60_000;

    /** A pass that gets no answer for so long is given up. */
    private static final long ANSWER_MS_MAX = 5_000;

    private final Hints hints;
    private final HeldRegisters registers;
    private final HintTarget target;
    private final ReplayParts parts;
    private final Direction direction;
    private final int self;

    /** Counts passes. An answer to an earlier one is ignored. */
    private long pass;

    private boolean underWay;
    private long progressNs;
    private long endedNs;
    private boolean counted;

    /** Whether hints wait, as far as this pass knows. One that goes on in the middle does not know of those before. */
    private boolean foundSome;

    private boolean troubled;
    private boolean gotOn;
    private long arrivals;
    private HintPosition pageBegin;

    /** The next page. After trouble, the next pass goes on here. */
    private HintPosition position;

    private long pauseMs = PAUSE_MS_MIN;
    private long pausedUntilNs;

    TargetReplay(Hints hints, HeldRegisters registers, int self, HintTarget target, ReplayParts parts) {
        this.hints = hints;
        this.registers = registers;
        this.self = self;
        this.target = target;
        this.parts = parts;
        int rank = self < target.place() ? self : self - 1;
        this.direction = rank % 2 == 0 ? Direction.ASCENDING : Direction.DESCENDING;
        this.position = HintPosition.begin(direction);
        this.pausedUntilNs = parts.clock().monotonicNs();
        this.endedNs = pausedUntilNs;
    }

    /** Begins a pass if it is time for one. */
    void look() {
        long nowNs = parts.clock().monotonicNs();
        if (underWay) {
            if (nowNs - progressNs > TimeUnit.MILLISECONDS.toNanos(ANSWER_MS_MAX)) {
                pause();
            }
        } else if (nowNs - pausedUntilNs >= 0 && (hints.mayWait(target.place()) || isTimeToSearch(nowNs))) {
            beginIfItMakesSense();
        }
    }

    private boolean isTimeToSearch(long nowNs) {
        return nowNs - endedNs >= TimeUnit.MILLISECONDS.toNanos(SEARCH_MS);
    }

    private void beginIfItMakesSense() {
        if (target.takesPart() || !counted) {
            pass++;
            underWay = true;
            progressNs = parts.clock().monotonicNs();
            troubled = false;
            gotOn = false;
            arrivals = hints.arrivals(target.place());
            nextPage();
        }
    }

    private void nextPage() {
        HintPosition begin = position;
        pageBegin = begin;
        read(() -> hints.read(target.place(), begin), this::pageRead);
    }

    private void pageRead(HintPage page) {
        position = page.next();
        foundSome |= !page.hints().isEmpty();
        if (!counted) {
            hints.count(target.place(), page.hints());
            goOn(page);
        } else if (!target.takesPart() || troubled) {
            pause();
        } else if (page.hints().isEmpty()) {
            goOn(page);
        } else {
            target.ask(new Offer(page.hints()), ifCurrent(answer -> offered(page, answer)));
        }
    }

    private void goOn(HintPage page) {
        gotOn = true;
        if (!page.isLast()) {
            nextPage();
            return;
        }
        if (!foundSome) {
            hints.foundNone(target.place(), arrivals);
        }
        foundSome = false;
        position = HintPosition.begin(direction);
        counted = true;
        underWay = false;
        endedNs = parts.clock().monotonicNs();
    }

    private void offered(HintPage page, Optional<Reply> answer) {
        if (!(answer.orElse(null) instanceof Lacks lacks)) {
            pause();
            return;
        }
        List<Hint> lacking = new ArrayList<>();
        List<Hint> held = new ArrayList<>();
        Set<Integer> places = Set.copyOf(lacks.places());
        for (int i = 0; i < page.hints().size(); i++) {
            (places.contains(i) ? lacking : held).add(page.hints().get(i));
        }
        erase(held);
        send(page, lacking);
    }

    private void send(HintPage page, List<Hint> lacking) {
        if (lacking.isEmpty()) {
            pauseMs = PAUSE_MS_MIN;
            goOn(page);
        } else {
            read(() -> registers.read(lacking), found -> found(page, found));
        }
    }

    /** One hint that this replica cannot serve must not hold up all others. */
    private void found(HintPage page, HeldRegisters.Found found) {
        hints.drop(target.place(), found.unheld(), this::eraseRefused);
        erase(found.forgotten());
        if (found.registers().isEmpty()) {
            send(page, found.rest());
        } else {
            new Sending(page, found).start();
        }
    }

    private void erase(List<Hint> acknowledged) {
        hints.erase(target.place(), acknowledged, this::eraseRefused);
    }

    /** On a thread of the store. */
    private void eraseRefused() {
        parts.loop().execute(() -> troubled = true);
    }

    /** Some registers on their way. At most about a mebibyte of them is, for each target. */
    private final class Sending {
        private final HintPage page;
        private final List<Hint> wanted;
        private final List<StoreRequest> sent;
        private final List<Hint> rest;
        private final List<Hint> acknowledged = new ArrayList<>();
        private final long startNs = parts.clock().monotonicNs();
        private int missing;

        Sending(HintPage page, HeldRegisters.Found found) {
            this.page = page;
            this.wanted = found.hints();
            this.sent = found.registers();
            this.rest = found.rest();
            this.missing = sent.size();
        }

        void start() {
            for (int i = 0; i < sent.size(); i++) {
                Hint hint = wanted.get(i);
                target.ask(sent.get(i), ifCurrent(answer -> answered(hint, answer)));
            }
        }

        private void answered(Hint hint, Optional<Reply> answer) {
            if (answer.filter(Reply::isYes).isPresent()) {
                acknowledged.add(hint);
            } else if (answer.orElse(null) instanceof Outdated outdated) {
                registers.follow(outdated.age());
            }
            missing--;
            if (missing == 0) {
                ended();
            }
        }

        private void ended() {
            erase(acknowledged);
            if (acknowledged.size() < sent.size()) {
                pause();
                return;
            }
            long waitMs = waitMs();
            if (waitMs > 0) {
                progressNs += TimeUnit.MILLISECONDS.toNanos(waitMs); // a planned wait is no missing answer
                Consumer<HintPage> goOn = ifCurrent(same -> send(same, rest));
                parts.scheduler().after(waitMs, () -> goOn.accept(page));
            } else {
                send(page, rest);
            }
        }

        private long waitMs() {
            long bytes = sent.stream().mapToLong(StoreRequest::contentBytes).sum();
            long elapsedMs = TimeUnit.NANOSECONDS.toMillis(parts.clock().monotonicNs() - startNs);
            return bytes * 1_000 / hints.options().bytesPerSecondMax() - elapsedMs;
        }
    }

    /** Ends the pass. Each time in a row, the next one waits twice as long. */
    private void pause() {
        underWay = false;
        foundSome = true;
        position = gotOn ? pageBegin : position;
        pausedUntilNs = parts.clock().monotonicNs() + TimeUnit.MILLISECONDS.toNanos(spreadPauseMs());
        pauseMs = Math.min(PAUSE_MS_MAX, 2 * pauseMs);
    }

    /**
     * Other keepers may pause for the same reason. If all came back at once, a member that takes one offer at a time
     * would refuse all but one of them, again and again. So a pause takes between a half and all of the time.
     */
    private long spreadPauseMs() {
        return pauseMs - pauseMs * Math.floorMod(31 * self + 7 * pass, 8) / 16;
    }

    /** Reads on a reader's thread, and goes on with the result on the event loop. */
    private <T> void read(Supplier<T> reading, Consumer<T> then) {
        Consumer<T> goOn = ifCurrent(then);
        Consumer<Throwable> fail = ifCurrent(this::failed);
        try {
            parts.readers().execute(() -> {
                try {
                    T result = reading.get();
                    parts.loop().execute(() -> goOn.accept(result));
                } catch (RuntimeException | Error e) {
                    parts.loop().execute(() -> fail.accept(e));
                }
            });
        } catch (RejectedExecutionException e) {
            pause();
        }
    }

    /** A part of this pass, which does nothing once the pass has ended. A defect in it ends the pass. */
    private <T> Consumer<T> ifCurrent(Consumer<T> part) {
        long own = pass;
        return argument -> {
            if (!underWay || own != pass) {
                return;
            }
            progressNs = parts.clock().monotonicNs();
            try {
                part.accept(argument);
            } catch (RuntimeException | Error e) {
                failed(e);
            }
        };
    }

    /** A store that takes no reads now may take some later. Any other failure is a defect. */
    private void failed(Throwable why) {
        if (!(why instanceof StoreException)) {
            Defects.report(why);
        }
        pause();
    }
}
