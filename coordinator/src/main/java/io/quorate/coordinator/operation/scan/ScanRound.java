package io.quorate.coordinator.operation.scan;

import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.Scan;
import io.quorate.common.wire.Message.ScanReply;
import io.quorate.coordinator.replica.ReplicaClient;
import io.quorate.coordinator.round.Exchange;
import io.quorate.coordinator.round.Phase;
import io.quorate.coordinator.round.QuorumRound;
import io.quorate.coordinator.round.RoundContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** SCAN: learns what a quorum of replicas holds in a range of keys, for as far as each of them looks. */
final class ScanRound extends QuorumRound {
    private static final Optional<ScanReply> NONE = Optional.empty();

    /** A page takes as long as it is large: to ask one more for it too early doubles work that is under way. */
    private static final long HEDGE_DELAY_MS_MIN = 50;

    private final Scan scan;
    private final ScanListener listener;

    interface ScanListener {
        void scanned(ScanRound round);

        void scanMissed(ScanRound round);

        void scannedLate(ScanRound round, Exchange exchange);
    }

    ScanRound(
            RoundContext context,
            List<ReplicaClient> replicas,
            int[] preference,
            int required,
            Scan scan,
            ScanListener listener) {
        super(context, replicas, preference, required);
        this.scan = scan;
        this.listener = listener;
    }

    @Override
    protected Request request(AskReason reason) {
        return scan;
    }

    /** The delay of a page says nothing. */
    @Override
    protected boolean probesSlow() {
        return false;
    }

    @Override
    public long hedgeDelayMs() {
        return Math.max(HEDGE_DELAY_MS_MIN, super.hedgeDelayMs());
    }

    /** The reply of each replica, in the order of the replicas, or empty where none counts. */
    List<Optional<ScanReply>> replies() {
        return IntStream.range(0, replicas.size())
                .mapToObj(replica -> hasAcked(replica) ? Optional.of(replyOf(exchange(replica))) : NONE)
                .toList();
    }

    static ScanReply replyOf(Exchange exchange) {
        return (ScanReply) exchange.reply().orElseThrow();
    }

    boolean asksForValues() {
        return scan.withValues();
    }

    @Override
    protected void reached() {
        listener.scanned(this);
    }

    @Override
    protected void missed() {
        listener.scanMissed(this);
    }

    @Override
    protected void late(Exchange exchange) {
        if (exchange.isYes()) {
            listener.scannedLate(this, exchange);
        }
    }

    @Override
    public Phase phase() {
        return Phase.SCAN;
    }
}
