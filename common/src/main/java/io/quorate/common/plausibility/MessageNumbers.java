package io.quorate.common.plausibility;

import io.quorate.common.convergence.DeletedKey;
import io.quorate.common.model.Hint;
import io.quorate.common.wire.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Which numbers each message has. A message without an entry is refused as a defect, and a test fails for it. Numbers
 * that the codec bounds, and those that only people read, are not here.
 */
final class MessageNumbers {
    private static final Map<Class<?>, BiConsumer<NumberCheck, Message>> BY_TYPE = new HashMap<>();

    private MessageNumbers() {}

    static {
        handshakes();
        registers();
        consensus();
        scansAndHints();
        passes();
        forgetting();
        processes();
        refusals();
    }

    private static void handshakes() {
        add(
                Message.Hello.class,
                (check, hello) -> check.incarnation(
                        "incarnation", hello.incarnation(), hello.disk().isPresent()));
        add(Message.Welcome.class, (check, welcome) -> check.incarnation("incarnation", welcome.incarnation(), true));
        none(Message.HandshakeRefusal.class);
        none(Message.AgreeOnMembers.class);
        none(Message.MembersAgreed.class);
    }

    private static void registers() {
        add(Message.Query.class, (check, query) -> check.count("demanded age", query.demandedAge(), 0));
        add(Message.RecordReply.class, (check, reply) -> {
            check.record(reply.record());
            check.accepted(reply.accepted());
            check.horizon(reply.horizon());
        });
        add(Message.VersionReply.class, (check, reply) -> {
            check.version("version", reply.version());
            check.end("expiry of the value", reply.expiresAtMs());
            check.accepted(reply.accepted());
            check.horizon(reply.horizon());
        });
        add(Message.StoreRequest.class, (check, store) -> {
            check.writtenRecord(store.record());
            check.count("age of the evidence", store.evidenceAge().orElse(0), 0);
        });
        none(Message.Stored.class);
    }

    private static void consensus() {
        add(Message.Prepare.class, (check, prepare) -> {
            check.mintedBallot("ballot", prepare.ballot());
            check.count("demanded age", prepare.demandedAge(), 0);
        });
        add(Message.Promise.class, (check, promise) -> {
            check.record(promise.record());
            check.accepted(promise.accepted());
            check.ballot("voted ballot", promise.voted());
            check.trace(promise.trace());
            check.horizon(promise.horizon());
        });
        add(Message.Accept.class, (check, accept) -> check.proposal(accept.proposal()));
        none(Message.Accepted.class);
        add(Message.AcceptRefusal.class, (check, refusal) -> {
            check.mintedBallot("ballot", refusal.ballot());
            check.result(refusal.refusal());
            check.record(refusal.refuting());
        });
        none(Message.RequestStatusQuery.class);
        add(Message.RequestStatusReply.class, (check, reply) -> check.trace(reply.trace()));
        add(Message.Preempted.class, (check, preempted) -> check.ballot("promised ballot", preempted.promised()));
    }

    private static void scansAndHints() {
        add(Message.Scan.class, (check, scan) -> check.count("demanded age", scan.demandedAge(), 0));
        add(Message.ScanReply.class, (check, reply) -> {
            reply.entries().forEach(entry -> {
                check.version("version", entry.version());
                check.end("expiry of the value", entry.expiresAtMs());
                if (entry.record().isPresent()) {
                    check.record(entry.record().get());
                }
            });
            check.horizon(reply.horizon());
        });
        add(Message.Missed.class, (check, missed) -> hints(check, missed.hints()));
        none(Message.Noted.class);
        add(Message.Offer.class, (check, offer) -> hints(check, offer.hints()));
        none(Message.Lacks.class);
    }

    private static void hints(NumberCheck check, List<Hint> hints) {
        hints.forEach(hint -> check.version("version", hint.version()));
    }

    private static void passes() {
        add(Message.Digest.class, (check, digest) -> check.pass(digest.pass()));
        add(Message.Digests.class, (check, digests) -> {
            check.amount("number of bytes", digests.bytes());
            check.amount("number of deleted keys", digests.deleted());
        });
        none(Message.ListRange.class);
        add(Message.Listed.class, (check, listed) -> listed.entries()
                .forEach(entry -> check.version("version", entry.version())));
        none(Message.Fetch.class);
        add(Message.Fetched.class, (check, fetched) -> {
            fetched.records().forEach(held -> check.record(held.record()));
            check.count("age", fetched.age(), 0);
        });
        add(Message.PassEnd.class, (check, end) -> check.pass(end.pass()));
        none(Message.PassNoted.class);
    }

    private static void forgetting() {
        none(Message.ForgettingQuery.class);
        add(Message.ForgettingNumbers.class, (check, numbers) -> {
            check.count("age", numbers.age(), 0);
            check.instant("fence", numbers.fence());
            check.wallClock("wall clock", numbers.wallMs());
        });
        add(Message.RaiseFence.class, (check, raise) -> {
            check.fenceToRaise("fence", raise.fence());
            check.count("age", raise.age(), 0);
        });
        add(Message.RaiseFloor.class, (check, raise) -> check.instant("floor", raise.floor()));
        none(Message.Raised.class);
        none(Message.ListDeleted.class);
        add(Message.Deleted.class, (check, deleted) -> deleted(check, deleted.entries()));
        add(Message.Confirm.class, (check, confirm) -> check.ballot("promised ballot", confirm.promised()));
        add(Message.Confirmed.class, (check, confirmed) -> {
            confirmed.states().forEach(state -> check.version("version", state.version()));
            check.ballot("promised ballot", confirmed.promised());
            check.count("age", confirmed.age(), 0);
        });
        add(Message.Forget.class, (check, forget) -> {
            check.count("round", forget.round(), 1);
            check.ballot("promised ballot", forget.promised());
            deleted(check, forget.keys());
        });
        none(Message.ForgettingDone.class);
    }

    private static void deleted(NumberCheck check, List<DeletedKey> keys) {
        keys.forEach(key -> {
            check.version("version", key.version());
            check.instant("floor", key.floor());
        });
    }

    private static void processes() {
        none(Message.Ping.class);
        add(Message.Pong.class, (check, pong) -> check.wallClock("wall clock", pong.wallMs()));
        none(Message.Inspect.class);
        add(Message.ReplicaStatus.class, (check, status) -> check.wallClock("wall clock", status.wallMs()));
    }

    private static void refusals() {
        none(Message.Abstained.class);
        none(Message.Rejected.class);
        add(Message.Fenced.class, (check, fenced) -> check.instant("fence", fenced.fence()));
        add(Message.Outdated.class, (check, outdated) -> check.count("age", outdated.age(), 0));
    }

    private static <M extends Message> void add(Class<M> type, BiConsumer<NumberCheck, M> numbers) {
        BY_TYPE.put(type, (check, message) -> numbers.accept(check, type.cast(message)));
    }

    private static void none(Class<? extends Message> type) {
        BY_TYPE.put(type, (check, message) -> {});
    }

    static Set<Class<?>> types() {
        return BY_TYPE.keySet();
    }

    static void check(Message message, NumberCheck check) {
        BY_TYPE.get(message.getClass()).accept(check, message);
    }
}
