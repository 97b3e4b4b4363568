package io.quorate.deploy.simulation.schedule;

import static io.quorate.deploy.simulation.schedule.OneKey.KEY;

import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.Accept;
import io.quorate.common.wire.Message.Confirm;
import io.quorate.common.wire.Message.Forget;
import io.quorate.common.wire.Message.ListDeleted;
import io.quorate.common.wire.Message.RaiseFence;
import io.quorate.common.wire.Message.RaiseFloor;
import io.quorate.common.wire.Message.StoreRequest;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.deploy.simulation.world.SimulatedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The driver of forgetting dies in each step of a round, with each number of other members that its last message still
 * reaches. Meanwhile the next node drives. Messages from before the delete arrive late, and the key is perhaps created
 * again. When the driver is back, all is forgotten, and nothing came back to life.
 */
public final class ForgettingDriverDies extends DirectedSchedule {
    private static final int OTHERS = 2;
    private static final long STEP_MS_MAX = 4_000;
    private static final long ON_ITS_WAY_MS = 25;
    private static final long AWAY_MS = 500;
    private static final int ATTEMPTS_MAX = 20;

    /** A message of the driver to each member. */
    private enum Step {
        FENCE,
        FLOOR,
        LIST,
        CONFIRM,
        FORGET;

        /** Whether it is about what was deleted at this instant. */
        boolean is(Message message, long deleted) {
            return switch (this) {
                case FENCE -> message instanceof RaiseFence raise && raise.fence() > deleted;
                case FLOOR -> message instanceof RaiseFloor raise && raise.floor() > deleted;
                case LIST -> message instanceof ListDeleted;
                case CONFIRM -> message instanceof Confirm;
                case FORGET -> message instanceof Forget;
            };
        }
    }

    @Override
    Optional<String> play(long seed) {
        for (Step step : Step.values()) {
            for (int reached = 0; reached <= OTHERS; reached++) {
                Optional<String> finding = new Death(seed, step, reached).finding();
                if (finding.isPresent()) {
                    return finding;
                }
            }
        }
        return Optional.empty();
    }

    /** After its step, no other one of the driver's messages arrives. */
    private static final class LastMessage implements Predicate<Message> {
        private final Step step;
        private final long deleted;
        private final int reached;
        private int sent;

        LastMessage(Step step, long deleted, int reached) {
            this.step = step;
            this.deleted = deleted;
            this.reached = reached;
        }

        boolean isSent() {
            return sent == OTHERS;
        }

        @Override
        public boolean test(Message message) {
            if (isSent()) {
                return List.of(Step.values()).stream().anyMatch(each -> each.is(message, 0));
            }
            return step.is(message, deleted) && ++sent > reached;
        }
    }

    private static final class Death {
        private final OneKey key;
        private final Step step;
        private final int reached;
        private final boolean losesPower;
        private final boolean isCreatedAgain;
        private final List<Accept> accepts = new ArrayList<>();
        private Record old = Record.NEVER_WRITTEN;

        Death(long seed, Step step, int reached) {
            this.key = OneKey.thatIsForgotten(seed);
            this.step = step;
            this.reached = reached;
            this.losesPower = (seed + reached) % 2 == 0;
            this.isCreatedAgain = (seed + step.ordinal()) % 3 == 0;
        }

        Optional<String> finding() {
            key.stage().awaitFounded();
            old = oldLife();
            key.delete(2);
            LastMessage last = new LastMessage(step, key.versionAt(1).timestamp(), reached);
            key.network().lose(last);
            for (int ms = 0; !last.isSent() && ms < STEP_MS_MAX; ms++) {
                key.pass(1);
            }
            if (!last.isSent()) {
                throw new IllegalStateException("the driver does not come to " + step);
            }
            key.pass(ON_ITS_WAY_MS);
            die(key.node(1));
            key.network().lose(message -> false);
            return whileAway().or(this::afterReturn);
        }

        /** A value by a conditional write, so that acceptors have entries too. */
        private Record oldLife() {
            key.network().lose(message -> {
                if (message instanceof Accept accept) {
                    accepts.add(accept);
                }
                return false;
            });
            Version base = key.write(1, "first");
            Stage.require(Applied.class, key.tryToReplace(1, base, "old"));
            key.pass(50);
            return key.readPatiently(1).record();
        }

        private void die(SimulatedNode driver) {
            if (losesPower) {
                driver.losePower();
            } else {
                driver.kill();
            }
        }

        private Optional<String> whileAway() {
            key.pass(AWAY_MS);
            Optional<String> finding = late(2).or(() -> late(3)).or(() -> isBack(2));
            if (finding.isEmpty() && isCreatedAgain) {
                key.create(2, "new");
            }
            key.pass(AWAY_MS);
            return finding;
        }

        /** A second copy of the write, a write-back of a read that saw it, and the proposal. */
        private Optional<String> late(int number) {
            SimulatedNode node = key.node(number);
            key.stage().handle(node, new StoreRequest(KEY, old));
            key.stage().handle(node, StoreRequest.repair(KEY, old, 0));
            accepts.stream().limit(1).forEach(accept -> key.stage().handle(node, accept));
            return key.versionAt(number).equals(old.version())
                    ? Optional.of(story() + "n" + number + " has the deleted value again")
                    : Optional.empty();
        }

        private Optional<String> isBack(int number) {
            Record record = Stage.require(Read.class, Stage.untilNotRefused(() -> key.tryToRead(number)))
                    .record();
            return record.content().equals(old.content())
                    ? Optional.of(story() + "a read through n" + number + " shows the deleted value")
                    : Optional.empty();
        }

        private Optional<String> afterReturn() {
            key.node(1).start();
            key.stage().heal();
            for (int attempt = 0; attempt < ATTEMPTS_MAX && left().isPresent(); attempt++) {
                key.pass(AWAY_MS);
            }
            Optional<String> late = late(1).or(() -> late(2)).or(() -> late(3));
            return left().or(() -> late).or(this::disagreement);
        }

        private Optional<String> left() {
            return key.stage().nodes().stream()
                    .filter(node -> !node.leftOfDeletes().isEmpty())
                    .findFirst()
                    .map(node -> "Forgetting deletes: " + death() + node.id() + " still holds " + node.leftOfDeletes());
        }

        private Optional<String> disagreement() {
            for (int number = 1; number <= 1 + OTHERS; number++) {
                Record read = key.readPatiently(number).record();
                if (read.isTombstone() == isCreatedAgain || read.content().equals(old.content())) {
                    return Optional.of(story() + "a read through n" + number + " shows " + read);
                }
            }
            return Optional.empty();
        }

        private String story() {
            return "I12: " + death();
        }

        private String death() {
            return "the driver died in step " + step + ", which reached " + reached + " others, and ";
        }
    }
}
