package io.quorate.coordinator;

import static io.quorate.common.model.Tombstone.TOMBSTONE;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.Outcome.Applied;
import io.quorate.coordinator.operation.Outcome.ConditionFailed;
import io.quorate.coordinator.operation.Outcome.Read;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.idempotency.IdempotentRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Requests with idempotency keys on a disturbed cluster, among reads and plain and conditional writes of the same key.
 * A client retries a request through any coordinator until it has an answer. Sometimes it retries afterwards too, or
 * twice at once.
 *
 * <p>Every answer to a request is the same. A refused value is never seen. No value is seen at two versions. The
 * versions of operations that follow each other grow, where a request is one operation from its first attempt to its
 * first answer.
 */
class IdempotentWritesTest {
    private static final Key KEY = Key.of("contended");
    private static final int SEEDS = 2_000;

    @Test
    void aRequestHasOneEffectAndOneAnswerHoweverOftenAndWhereverItIsSent() {
        long first = new Random().nextLong();
        int retried = 0;
        for (long seed = first; seed < first + SEEDS; seed++) {
            Run run = new Run(seed);
            Optional<String> violation = run.violation();
            assertTrue(violation.isEmpty(), "seed " + seed + ": " + violation.orElse(""));
            retried += run.answersAgain;
        }
        assertTrue(retried > SEEDS, "only " + retried + " answers were given again");
    }

    private static final class Run {
        private static final int CLIENTS = 5;
        private static final int OPERATIONS_PER_CLIENT = 8;
        private static final int ATTEMPTS_MAX = 8;
        private static final long TIMEOUT_MS = 200;
        private static final OperationOptions TERMS = new OperationOptions(ConsistencyLevel.LINEARIZABLE, TIMEOUT_MS);

        private final VirtualTime time = new VirtualTime();
        private final Random random;
        private final DisturbedCluster cluster;
        private final List<Ended> ended = new ArrayList<>();
        private final Map<Content, Version> effects = new HashMap<>();
        private final Map<Content, Request> requests = new HashMap<>();
        private Version newestSeen = Version.ZERO;
        private int answersAgain;
        private int numbers;
        private String violation;

        private record Ended(long startNs, long endNs, Version version, boolean wrote) {}

        /** One client's request, and the answers to it. */
        private static final class Request {
            private final Content content;
            private final Optional<Precondition> precondition;
            private final IdempotentRequest repeatable;
            private final long startNs;
            private Optional<String> answer = Optional.empty();
            private boolean refused;
            private int attempts;

            Request(Content content, Optional<Precondition> precondition, IdempotentRequest repeatable, long startNs) {
                this.content = content;
                this.precondition = precondition;
                this.repeatable = repeatable;
                this.startNs = startNs;
            }
        }

        Run(long seed) {
            this.random = new Random(seed);
            this.cluster = new DisturbedCluster(time, random);
        }

        Optional<String> violation() {
            for (int client = 0; client < CLIENTS; client++) {
                next(0);
            }
            cluster.disturb();
            time.pass((TIMEOUT_MS + 20) * OPERATIONS_PER_CLIENT * 3);
            return Optional.ofNullable(violation);
        }

        private void next(int done) {
            if (done == OPERATIONS_PER_CLIENT || violation != null) {
                return;
            }
            long startNs = time.monotonicNs();
            Runnable goOn = () -> time.after(random.nextInt(5), () -> next(done + 1));
            Content content = random.nextInt(6) == 0 ? TOMBSTONE : Value.of("v" + ++numbers);
            switch (random.nextInt(6)) {
                case 0 ->
                    cluster.anyCoordinator().read(KEY, TERMS, outcome -> {
                        if (outcome instanceof Read read) {
                            saw(read.record().content(), read.record().version());
                            end(startNs, read.record().version(), false);
                        }
                        goOn.run();
                    });
                case 1 ->
                    cluster.anyCoordinator()
                            .write(KEY, content, TERMS, outcome -> plain(startNs, content, outcome, goOn));
                case 2 ->
                    cluster.anyCoordinator()
                            .writeIf(
                                    KEY,
                                    content,
                                    precondition(),
                                    TERMS,
                                    outcome -> plain(startNs, content, outcome, goOn));
                default -> attempt(request(content, startNs), goOn);
            }
        }

        private void plain(long startNs, Content content, Outcome outcome, Runnable goOn) {
            if (outcome instanceof Applied applied) {
                saw(content, applied.version());
                end(startNs, applied.version(), true);
            }
            goOn.run();
        }

        private Request request(Content content, long startNs) {
            Optional<Precondition> precondition = random.nextBoolean() ? Optional.empty() : Optional.of(precondition());
            IdempotentRequest repeatable = new IdempotentRequest(new RequestId(7, ++numbers), 5, 1_000_000);
            Request request = new Request(content, precondition, repeatable, startNs);
            requests.put(content, request);
            return request;
        }

        private Precondition precondition() {
            return switch (random.nextInt(4)) {
                case 0 -> new Precondition.Absent();
                case 1 -> new Precondition.Present();
                default -> new Precondition.AnyOf(Set.of(newestSeen));
            };
        }

        /** The next attempt may begin before this one has ended. The client goes on once an attempt has an answer. */
        private void attempt(Request request, Runnable goOn) {
            boolean[] left = {false};
            Consumer<Boolean> leave = again -> {
                if (left[0]) {
                    return;
                }
                left[0] = true;
                if (again && request.attempts < ATTEMPTS_MAX) {
                    attempt(request, goOn);
                } else {
                    goOn.run();
                }
            };
            request.attempts++;
            cluster.anyCoordinator()
                    .writeOnce(KEY, request.content, request.precondition, request.repeatable, TERMS, outcome -> {
                        boolean answered = answered(request, outcome);
                        leave.accept(!answered || random.nextInt(4) == 0);
                    });
            if (random.nextInt(3) == 0) {
                time.after(1 + random.nextInt(60), () -> leave.accept(true));
            }
        }

        private boolean answered(Request request, Outcome outcome) {
            if (outcome instanceof Applied applied) {
                saw(request.content, applied.version());
                answer(request, "applied " + applied.version() + " " + applied.created());
                end(request.startNs, applied.version(), true);
                return true;
            } else if (outcome instanceof ConditionFailed failed) {
                answer(request, "refused " + failed.version());
                request.refused = true;
                saw(request.content, effects.get(request.content));
                end(request.startNs, failed.version(), false);
                return true;
            }
            return false;
        }

        private void answer(Request request, String answer) {
            answersAgain += request.answer.isPresent() ? 1 : 0;
            if (!request.answer.orElse(answer).equals(answer)) {
                violation = "one request was answered " + request.answer.get() + " and " + answer;
            }
            request.answer = Optional.of(answer);
        }

        private void saw(Content content, Version version) {
            if (content == TOMBSTONE || version == null) {
                return;
            }
            Version known = effects.putIfAbsent(content, version);
            if (known != null && !known.equals(version)) {
                violation = "one write took effect twice, as " + known + " and " + version;
            }
            if (requests.containsKey(content) && requests.get(content).refused) {
                violation = "a write that was refused took effect as " + version;
            }
        }

        private void end(long startNs, Version version, boolean wrote) {
            newestSeen = Version.max(newestSeen, version);
            for (Ended before : ended) {
                int order = version.compareTo(before.version());
                if (before.endNs() < startNs && (order < 0 || order == 0 && wrote)) {
                    violation = version + " began after " + before + " had ended";
                }
            }
            ended.add(new Ended(startNs, time.monotonicNs(), version, wrote));
        }
    }
}
