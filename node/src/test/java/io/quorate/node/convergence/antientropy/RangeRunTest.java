package io.quorate.node.convergence.antientropy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.convergence.PassProgress;
import io.quorate.common.convergence.RangeDigestBuilder;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.VotingStatus;
import io.quorate.common.time.Scheduler;
import io.quorate.common.wire.Message.Digests;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.node.convergence.antientropy.Peers.PassPeer;
import io.quorate.node.convergence.antientropy.RangeRun.Parts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RangeRunTest {
    private static final Reply BUSY = new Rejected(Rejected.RejectionCause.OVERLOADED, "busy");

    private final Queue<Runnable> loop = new ArrayDeque<>();
    private final Scheduler never = (delayMs, action) -> () -> {};
    private final List<String> outcomes = new ArrayList<>();

    /** A member whose answers are known before. The last one is its answer for ever. */
    private final class Scripted implements PassPeer {
        private final NodeId id;
        private final Queue<Reply> answers;
        private VotingStatus status = VotingStatus.VOTING;

        Scripted(String name, Reply... answers) {
            this.id = new NodeId(name);
            this.answers = new ArrayDeque<>(List.of(answers));
        }

        @Override
        public NodeId id() {
            return id;
        }

        @Override
        public boolean isReachable() {
            return true;
        }

        @Override
        public VotingStatus votingStatus() {
            return status;
        }

        @Override
        public void ask(Request request, Consumer<Optional<Reply>> answer) {
            Reply next = answers.size() > 1 ? answers.remove() : answers.element();
            loop.add(() -> answer.accept(Optional.of(next)));
        }
    }

    /** It failed with an exception on the event loop, and the driver never did anything any more. */
    @Test
    void aRangeThatNoMemberReadsAnyMoreIsLeftForLater() {
        run(new Scripted("n1", until("m"), BUSY), new Scripted("n2", until("f"), BUSY));
        assertEquals(List.of("abandoned"), outcomes);
    }

    @Test
    void aMemberThatAlwaysStopsShortDoesNotStopThePass() {
        Reply[] ends = Stream.of("k", "j", "i", "h", "g", "f", "e", "d")
                .map(RangeRunTest::until)
                .toArray(Reply[]::new);
        run(new Scripted("n1", until("m")), new Scripted("n2", ends));
        assertEquals(List.of("h, verified 0 slots"), outcomes);
    }

    @Test
    void anEndThatIsNoStepForwardIsNoAnswer() {
        run(new Scripted("n1", until("m")), new Scripted("n2", until("b")));
        assertEquals(List.of("m, verified 0 slots"), outcomes);
    }

    @Test
    void equalMembersAreVerified() {
        run(new Scripted("n1", until("m")), new Scripted("n2", until("m")));
        assertEquals(List.of("m, verified 256 slots"), outcomes);
    }

    private static Reply until(String end) {
        return new Digests(new RangeDigestBuilder().build(), Optional.of(Key.of(end)), 0, false);
    }

    private void run(PassPeer self, PassPeer other) {
        Parts parts = new Parts(
                self.id(),
                () -> List.of(self, other),
                (key, settled) -> loop.add(settled),
                PassOptions.DEFAULTS,
                never,
                new PassFigures(),
                PassCompanion.NONE);
        PassProgress pass = PassProgress.begin(1, 1, 0).after(Key.of("b"), SlotSet.NONE);
        new RangeRun(parts, pass, false, new RangeRun.RunListener() {
                    @Override
                    public void compared(Optional<Key> end, SlotSet unverified, boolean hurries) {
                        outcomes.add(end.orElseThrow() + ", verified " + SlotSet.ALL.without(unverified));
                    }

                    @Override
                    public void abandoned() {
                        outcomes.add("abandoned");
                    }
                })
                .start();
        while (!loop.isEmpty()) {
            loop.remove().run();
        }
    }
}
