package io.quorate.coordinator.replica.tcp;

import io.quorate.common.model.VotingStatus;
import io.quorate.common.plausibility.ImpossibleNumber;
import io.quorate.common.plausibility.Plausibility;
import io.quorate.common.thread.Defects;
import io.quorate.common.time.Clock;
import io.quorate.common.wire.Message;
import io.quorate.common.wire.Message.Pong;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.coordinator.replica.ClockReading;
import io.quorate.coordinator.replica.ReplicaClient.Answers;
import io.quorate.coordinator.replica.ReplicaClient.Failure;
import io.quorate.coordinator.replica.ReplicaClient.Reachability;
import io.quorate.coordinator.replica.Traffic;
import io.quorate.coordinator.replica.delay.ReplicaDelays;
import io.quorate.coordinator.replica.tcp.PendingRequests.PendingRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * All that a coordinator concludes from what one replica sends, and from what it does not send. The owner of the
 * connection reports each event. The conversation settles the requests that are pending, judges how reachable the
 * replica is, and learns its clock and its vote. It has no socket and no timer, so it runs under the simulator too.
 * Used on one event loop only.
 */
public final class Conversation {
    private final Clock clock;
    private final Traffic traffic;
    private final ConversationReports reports;
    private final FailureDetector detector;
    private final PendingRequests pending = new PendingRequests();
    private final LinkOptions options;
    private final ReplicaDelays delays;

    /** Empty from each loss of the connection to the next report: the next process may have another clock. */
    private Optional<ClockReading> peerClock = Optional.empty();

    private VotingStatus votingStatus = VotingStatus.VOTING;

    /** @param delays compares this replica with the others of the same event loop */
    public Conversation(
            LinkOptions options, Clock clock, Traffic traffic, ConversationReports reports, ReplicaDelays delays) {
        this.clock = clock;
        this.traffic = traffic;
        this.reports = reports;
        this.options = options;
        this.delays = delays;
        this.detector = new FailureDetector(options, delays);
    }

    /** A connection is open, and the handshake is about to be sent. */
    public void connected() {
        detector.connected();
    }

    /** The replica answered the handshake. Requests can be sent from now on. */
    public void welcomed() {
        detector.welcomed(clock.monotonicNs());
    }

    /** There is no connection, or the attempt to open one failed. */
    public void disconnected() {
        detector.disconnected();
        peerClock = Optional.empty();
        losePending();
        delays.disconnected();
    }

    /**
     * A request is about to be sent. Exactly one method of {@code answers} is called for it, once.
     *
     * @param index how the caller numbers the replica
     * @return the correlation id to send it with
     */
    public long asked(Request request, int index, Answers answers) {
        long nowNs = clock.monotonicNs();
        return pending.add(new PendingRequest(index, answers, nowNs, request.yes(), delays.asked(request, nowNs)));
    }

    /** The replica sent something. */
    public void received(long correlation, Message message) {
        long nowNs = clock.monotonicNs();
        // Empty if the reply came after the replica had fallen silent.
        Optional<PendingRequest> answered = pending.remove(correlation);
        detector.heard();
        answered.ifPresent(request -> settle(request, message, nowNs));
    }

    private void settle(PendingRequest request, Message answer, long nowNs) {
        request.asked().ifPresent(asked -> delays.answered(asked, nowNs));
        Optional<ImpossibleNumber> objection = Plausibility.objection(answer, clock.wallMs());
        if (objection.isPresent()) {
            refuse(request, objection.get());
            return;
        }
        // A peer that is out of order could answer a query with the reply to a scan.
        if (answer instanceof Reply reply && reply.answers(request.yes())) {
            settle(request, reply, nowNs);
        } else {
            reports.otherReply(answer);
            request.answers().failed(request.index(), Failure.LOST);
        }
    }

    /** The request may have had its effect. No conclusion is drawn from the reply. */
    private void refuse(PendingRequest request, ImpossibleNumber number) {
        reports.impossible(number);
        Defects.contain(traffic::impossible);
        request.answers().failed(request.index(), Failure.LOST);
    }

    private void settle(PendingRequest request, Reply reply, long nowNs) {
        long elapsedNs = nowNs - request.sentNs();
        if (reply instanceof Pong pong) {
            learn(pong, elapsedNs, nowNs);
        }
        Defects.contain(() -> traffic.answered(reply, elapsedNs));
        request.answers().replied(request.index(), reply);
    }

    private void learn(Pong pong, long elapsedNs, long nowNs) {
        learnVotingStatus(pong.votingStatus());
        peerClock = Optional.of(ClockReading.reported(pong.wallMs(), elapsedNs, nowNs));
    }

    private void learnVotingStatus(VotingStatus reported) {
        if (reported != votingStatus) {
            reports.votingStatus(reported);
        }
        votingStatus = reported;
    }

    /** It is time for the next ping. A replica that is silent for too long loses the requests that it owes. */
    public void heartbeat() {
        switch (detector.heartbeat(clock.monotonicNs())) {
            case FELL_SILENT -> {
                reports.silent(detector.heartbeatsMissed());
                losePending();
            }
            case ANSWERS_AGAIN -> reports.answersAgain();
            case NONE -> {}
        }
    }

    /** The requests were sent and may have had their effect. */
    private void losePending() {
        List<PendingRequest> lost = pending.removeAll();
        delays.lost();
        int requests = (int) lost.stream().filter(request -> !request.isPing()).count();
        Defects.contain(() -> traffic.lost(requests));
        lost.forEach(request -> Defects.contain(() -> request.answers().failed(request.index(), Failure.LOST)));
    }

    /** Whether the silence lasts so long that only a new connection can help. */
    public boolean isHopeless() {
        return detector.isHopeless();
    }

    /** Down until its first pong too. Before that, neither its clock nor its vote is known. */
    public Reachability reachability() {
        return peerClock.isEmpty() ? Reachability.DOWN : detector.reachability(clock.monotonicNs());
    }

    public VotingStatus votingStatus() {
        return votingStatus;
    }

    /** The replica's wall clock as it last reported it. Empty if it has not since the connection is open. */
    public Optional<ClockReading> peerClock() {
        return peerClock;
    }

    /** After how many milliseconds to ask another replica too. */
    public long usualDelayMs() {
        return Math.min(options.hedgeDelayMsMax(), 1 + TimeUnit.NANOSECONDS.toMillis(usualDelayNs()));
    }

    /** A guess until enough reads were answered. */
    private long usualDelayNs() {
        return delays.readTailNs().orElseGet(() -> TimeUnit.MILLISECONDS.toNanos(options.hedgeDelayMsMax()) / 4);
    }

    /** Whether it has owed the answer to a read or a heartbeat for too long. */
    public boolean isOverdue() {
        return delays.isOverdue(clock.monotonicNs());
    }

    /** Whether a read should ask it too, only to measure. */
    public boolean needsProbe() {
        return delays.needsProbe();
    }

    /** What makes it slow, for people. Empty if it is not slow. */
    public String complaint() {
        return delays.complaint();
    }
}
