package io.quorate.coordinator.operation.scan;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.Version;
import io.quorate.common.wire.Message.ScanReply;
import io.quorate.coordinator.replica.ClusterTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Merges the replies of several replicas to one scan, key by key: the newest version wins. The merge ends where the
 * shortest reply ends, because the contents of a replica behind the end of its reply are unknown. So every key of the
 * page rests on all replies. If a reply within its range lacks a key, its replica has no register for that key.
 */
public final class PageMerge {
    /** Most keys of a page on which replicas differ: bounds what a page has to repair. */
    public static final int STALE_KEYS_MAX = 256;

    /** Most keys of a page that have to be read by themselves. */
    static final int DOUBTFUL_KEYS_MAX = 64;

    private static final int STALE_BYTES_MAX = 256 << 10;

    private final Comparator<Key> order;
    private final List<Optional<ScanReply>> replies;
    private final int[] positions;
    private final int counted;
    private final int entriesMax;
    private final Doubt doubt;
    private final boolean someoneForgot;
    private final List<Key> doubtful = new ArrayList<>();
    private final List<ScanEntry> live = new ArrayList<>();
    private final List<Stale> stale = new ArrayList<>();
    private int staleBytes;
    private Optional<Key> coveredTo = Optional.empty();
    private boolean complete;

    /**
     * @param settles whether the page waits for conditional writes whose outcome is open, and for keys that may have
     *     been forgotten
     * @param endsLives whether it waits until the end of a value's life is settled
     */
    record Doubt(ClusterTime time, boolean settles, boolean endsLives) {
        boolean isOver(ScanEntry entry) {
            return !entry.tombstone() && time.isOver(entry.expiresAtMs());
        }
    }

    /**
     * A key on which the replicas differ.
     *
     * @param newest what they should hold
     * @param holders which of them do, one bit for each
     */
    record Stale(ScanEntry newest, int holders) {
        boolean isHeldBy(int replica) {
            return (holders & 1 << replica) != 0;
        }

        int copies() {
            return Integer.bitCount(holders);
        }
    }

    /**
     * @param replies the reply of each replica, or empty for a replica that does not count
     * @param entriesMax the limit of values on the page
     * @param doubt the keys that a page cannot decide by itself
     */
    PageMerge(Direction direction, List<Optional<ScanReply>> replies, int entriesMax, Doubt doubt) {
        this.order = direction == Direction.ASCENDING ? Comparator.naturalOrder() : Comparator.reverseOrder();
        this.replies = replies;
        this.positions = new int[replies.size()];
        this.counted = (int) replies.stream().flatMap(Optional::stream).count();
        this.entriesMax = entriesMax;
        this.doubt = doubt;
        this.someoneForgot = replies.stream()
                .flatMap(Optional::stream)
                .anyMatch(reply -> reply.horizon().laterAge() > 0);
        merge();
    }

    private void merge() {
        Optional<Key> end = frontier();
        Optional<Key> next = nextKey();
        while (next.isPresent() && (end.isEmpty() || order.compare(next.get(), end.get()) <= 0)) {
            if (!take(next.get())) {
                return;
            }
            coveredTo = next;
            next = nextKey();
        }
        complete = end.isEmpty();
    }

    /** How far all replies go, or empty if that is the end of the range. */
    private Optional<Key> frontier() {
        return replies.stream()
                .flatMap(Optional::stream)
                .filter(reply -> !reply.complete())
                .map(reply -> reply.entries().get(reply.entries().size() - 1).key())
                .min(order);
    }

    private Optional<Key> nextKey() {
        Optional<Key> least = Optional.empty();
        for (int i = 0; i < positions.length; i++) {
            Optional<ScanEntry> head = head(i);
            if (head.isPresent() && (least.isEmpty() || order.compare(head.get().key(), least.get()) < 0)) {
                least = Optional.of(head.get().key());
            }
        }
        return least;
    }

    private Optional<ScanEntry> head(int replica) {
        return replies.get(replica)
                .filter(reply -> positions[replica] < reply.entries().size())
                .map(reply -> reply.entries().get(positions[replica]));
    }

    private Optional<ScanEntry> headOf(int replica, Key key) {
        return head(replica).filter(entry -> entry.key().equals(key));
    }

    /** Adds a key to the page, and moves on to the next one. False if the page has no room for it. */
    private boolean take(Key key) {
        ScanEntry newest = newest(key);
        boolean isOver = doubt.isOver(newest);
        boolean isDoubtful = doubt.settles && (isUnsettled(key) || someoneForgot && mayBeForgotten(newest))
                || doubt.endsLives && isOver;
        boolean isLive = isDoubtful || !newest.tombstone() && !isOver;
        int holders = holders(newest);
        boolean isStale = !isDoubtful && !isOver && Integer.bitCount(holders) < counted;
        if (isLive && live.size() >= entriesMax
                || isDoubtful && doubtful.size() >= DOUBTFUL_KEYS_MAX
                || isStale && !hasRoomForStale(newest)) {
            return false;
        }
        if (isDoubtful) {
            doubtful.add(key);
        }
        if (isLive) {
            live.add(newest);
        }
        if (isStale) {
            stale.add(new Stale(newest, holders));
            staleBytes += bytes(newest);
        }
        for (int i = 0; i < positions.length; i++) {
            positions[i] += headOf(i, key).isPresent() ? 1 : 0;
        }
        return true;
    }

    private boolean isUnsettled(Key key) {
        for (int i = 0; i < positions.length; i++) {
            if (headOf(i, key).filter(ScanEntry::isUnsettled).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** The newest entry may have been deleted and forgotten while the round went on (C4). */
    private boolean mayBeForgotten(ScanEntry newest) {
        for (int shown = 0; shown < positions.length; shown++) {
            if (headOf(shown, newest.key())
                    .filter(entry -> entry.version().equals(newest.version()))
                    .isPresent()) {
                long age = replies.get(shown).orElseThrow().horizon().age();
                if (isForgottenElsewhere(newest, age)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isForgottenElsewhere(ScanEntry newest, long shownUnder) {
        for (int i = 0; i < positions.length; i++) {
            boolean isAbsent =
                    replies.get(i).isPresent() && headOf(i, newest.key()).isEmpty();
            if (isAbsent && replies.get(i).get().horizon().mayHaveForgotten(newest.version(), shownUnder)) {
                return true;
            }
        }
        return false;
    }

    /** How old the evidence of the page is: the lowest age of a reply (C3). */
    long evidenceAge() {
        return replies.stream()
                .flatMap(Optional::stream)
                .mapToLong(reply -> reply.horizon().age())
                .min()
                .orElse(0);
    }

    private boolean hasRoomForStale(ScanEntry entry) {
        return stale.isEmpty() || stale.size() < STALE_KEYS_MAX && staleBytes + bytes(entry) <= STALE_BYTES_MAX;
    }

    private static int bytes(ScanEntry entry) {
        return entry.key().length()
                + entry.value().map(value -> value.bytes().length).orElse(0);
    }

    private ScanEntry newest(Key key) {
        Optional<ScanEntry> newest = Optional.empty();
        for (int i = 0; i < positions.length; i++) {
            Optional<ScanEntry> held = headOf(i, key);
            if (held.isPresent()
                    && (newest.isEmpty()
                            || held.get().version().isAfter(newest.get().version()))) {
                newest = held;
            }
        }
        return newest.orElseThrow();
    }

    private int holders(ScanEntry newest) {
        int holders = 0;
        for (int i = 0; i < positions.length; i++) {
            Optional<Version> held = headOf(i, newest.key()).map(ScanEntry::version);
            holders |= held.equals(Optional.of(newest.version())) ? 1 << i : 0;
        }
        return holders;
    }

    /** Whether the page rests on this replica's reply too. */
    boolean counts(int replica) {
        return replies.get(replica).isPresent();
    }

    /** The keys of the page that need a read of their own before their contents are known. */
    List<Key> doubtful() {
        return doubtful;
    }

    /** The values of the page, and the newest entries of its doubtful keys. */
    List<ScanEntry> live() {
        return live;
    }

    /** The keys of the page that are not the same on all replicas that answered, tombstones too. */
    List<Stale> stale() {
        return stale;
    }

    /** The last key that the page covers, or empty if it goes to the end of the range. */
    Optional<Key> coveredTo() {
        return complete ? Optional.empty() : coveredTo;
    }
}
