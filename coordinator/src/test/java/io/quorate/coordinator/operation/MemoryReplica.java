package io.quorate.coordinator.operation;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.NodeId;
import io.quorate.common.model.Record;
import io.quorate.common.wire.Message.Query;
import io.quorate.common.wire.Message.RecordReply;
import io.quorate.common.wire.Message.Rejected;
import io.quorate.common.wire.Message.Reply;
import io.quorate.common.wire.Message.Request;
import io.quorate.common.wire.Message.Scan;
import io.quorate.common.wire.Message.Store;
import io.quorate.common.wire.Message.Stored;
import io.quorate.common.wire.Message.VersionReply;
import io.quorate.common.wire.ScanReplyBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** A replica whose registers are a map, at the end of a network with virtual delays, losses and partitions. */
final class MemoryReplica implements Replica {
    final Map<Key, Record> registers;
    private final NodeId id;
    private final VirtualTime time;
    private final RandomGenerator random;
    Reachability reachability = Reachability.UP;
    boolean isLocal;
    /** Takes requests and answers none, as a paused process does. */
    boolean silent;
    /** Falls silent with the first STORE. */
    boolean silentFromStore;
    /** Seems slow at every other look. */
    boolean flickers;
    /** Is gone as soon as it has answered a QUERY. */
    boolean downAfterQuery;
    /** Has no room. */
    boolean full;
    /** Of 100 messages, how many are lost with their connection. */
    int lossPercent;
    /** Longest one-way delay. */
    long delayMsMax = 1;

    int asked;

    MemoryReplica(NodeId id, VirtualTime time, RandomGenerator random) {
        this(id, time, random, new HashMap<>());
    }

    /** One coordinator's link to a replica whose registers others reach too. */
    MemoryReplica(NodeId id, VirtualTime time, RandomGenerator random, Map<Key, Record> registers) {
        this.registers = registers;
        this.id = id;
        this.time = time;
        this.random = random;
    }

    @Override
    public NodeId id() {
        return id;
    }

    @Override
    public Reachability reachability() {
        if (flickers) {
            reachability = reachability == Reachability.UP ? Reachability.SLOW : Reachability.UP;
        }
        return reachability;
    }

    @Override
    public boolean isLocal() {
        return isLocal;
    }

    @Override
    public long usualDelayMs() {
        return 5;
    }

    @Override
    public Vitals vitals() {
        return new Vitals(1, 0, "");
    }

    @Override
    public void ask(Request request, int index, Answers answers) {
        asked++;
        if (!reachability.isReachable()) {
            time.afterNs(0, () -> answers.failed(index, Failure.NOT_SENT));
            return;
        }
        boolean requestLost = random.nextInt(100) < lossPercent;
        boolean replyLost = random.nextInt(100) < lossPercent;
        time.afterNs(delayNs(), () -> {
            silent |= silentFromStore && request instanceof Store;
            if (silent) {
                return;
            }
            if (requestLost) {
                answers.failed(index, Failure.LOST);
                return;
            }
            Reply reply = serve(request);
            time.afterNs(delayNs(), () -> {
                if (replyLost) {
                    answers.failed(index, Failure.LOST);
                } else {
                    answers.replied(index, reply);
                }
            });
        });
    }

    private long delayNs() {
        return random.nextLong(delayMsMax * 1_000_000) + 1;
    }

    private Reply serve(Request request) {
        if (request instanceof Query query) {
            Record record = held(query.key());
            reachability = downAfterQuery ? Reachability.DOWN : reachability;
            return query.withContent()
                    ? new RecordReply(record)
                    : new VersionReply(record.version(), record.isTombstone());
        }
        if (request instanceof Scan scan) {
            return scan(scan);
        }
        Store store = (Store) request;
        if (full) {
            return new Rejected(Rejected.Cause.DISK_FULL, "no room");
        }
        registers.merge(store.key(), store.record(), Record::newest);
        return new Stored();
    }

    private Reply scan(Scan scan) {
        TreeMap<Key, Record> sorted = new TreeMap<>(registers);
        ScanReplyBuilder reply = new ScanReplyBuilder(scan);
        for (Key key : scan.direction() == Direction.ASCENDING ? sorted.navigableKeySet() : sorted.descendingKeySet()) {
            if (scan.range().contains(key) && !reply.add(key, sorted.get(key))) {
                return reply.build(false);
            }
        }
        return reply.build(true);
    }

    Record held(Key key) {
        return registers.getOrDefault(key, Record.NEVER_WRITTEN);
    }
}
