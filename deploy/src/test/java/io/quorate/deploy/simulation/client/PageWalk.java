package io.quorate.deploy.simulation.client;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.model.ScanEntry;
import io.quorate.coordinator.operation.Outcome.Scanned;
import io.quorate.coordinator.operation.scan.PageQuery;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A scan of all keys, page by page. {@code query} asks for the next page. */
record PageWalk(PageQuery query) {
    private static final int LIMIT_MAX = 8;

    static PageWalk begin(Random random) {
        Direction direction = random.nextBoolean() ? Direction.ASCENDING : Direction.DESCENDING;
        boolean withValues = random.nextInt(3) > 0;
        return new PageWalk(new PageQuery(KeyRange.ALL, direction, withValues, 1 + random.nextInt(LIMIT_MAX)));
    }

    /** What is left behind this page. */
    Optional<PageWalk> beyond(Scanned page) {
        return page.coveredTo()
                .flatMap(last -> query.range().beyond(last, query.direction()))
                .map(rest ->
                        new PageWalk(new PageQuery(rest, query.direction(), query.withValues(), query.entriesMax())));
    }

    boolean covers(Scanned page, Key key) {
        return query.range().contains(key)
                && page.coveredTo().map(last -> !isBehind(key, last)).orElse(true);
    }

    /** Whether the page has what was asked for: few enough keys, in their order, and all in the range it covers. */
    boolean isAnsweredBy(Scanned page) {
        List<ScanEntry> entries = page.entries();
        boolean isInOrder = true;
        for (int i = 1; i < entries.size(); i++) {
            isInOrder &= isBehind(entries.get(i).key(), entries.get(i - 1).key());
        }
        return isInOrder
                && entries.size() <= query.entriesMax()
                && entries.stream()
                        .allMatch(entry ->
                                covers(page, entry.key()) && entry.value().isPresent() == query.withValues());
    }

    private boolean isBehind(Key key, Key other) {
        int order = key.compareTo(other);
        return query.direction() == Direction.ASCENDING ? order > 0 : order < 0;
    }
}
