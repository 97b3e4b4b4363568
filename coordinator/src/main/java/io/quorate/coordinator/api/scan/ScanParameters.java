package io.quorate.coordinator.api.scan;

import io.quorate.common.model.Direction;
import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.coordinator.api.http.ApiLimits;
import io.quorate.coordinator.api.http.Askers;
import io.quorate.coordinator.api.http.BadRequest;
import io.quorate.coordinator.api.http.QueryParameters;
import io.quorate.coordinator.operation.OperationOptions;
import io.quorate.coordinator.operation.scan.PageQuery;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;

/**
 * The parameters of a scan.
 *
 * @param range the keys with {@code prefix}, from {@code start} on and before {@code end}
 * @param rest the part of the range behind the cursor, or all of it without a cursor
 * @param limit most items of the answer
 * @param options its level, and how long each page may take
 */
record ScanParameters(
        KeyRange range,
        Direction direction,
        KeyRange rest,
        int limit,
        boolean withValues,
        OperationOptions options,
        boolean explain) {
    private static final List<String> NAMES = List.of(
            "prefix", "start", "end", "limit", "cursor", "reverse", "values", "consistency", "timeout", "explain");

    private static final int LIMIT = 100;

    /** @param streamed whether the answer has any number of pages */
    static ScanParameters parse(String text, boolean streamed, ApiLimits limits) {
        QueryParameters query = QueryParameters.parse(text, NAMES);
        KeyRange range = query.range();
        Direction direction = query.flag("reverse", false) ? Direction.DESCENDING : Direction.ASCENDING;
        int limit = streamed
                ? query.count("limit", Integer.MAX_VALUE, Integer.MAX_VALUE)
                : query.count("limit", LIMIT, PageQuery.ENTRIES_MAX);
        KeyRange rest = query.text("cursor")
                .map(cursor -> ScanCursor.rest(cursor, range, direction))
                .orElse(range);
        boolean withValues = query.flag("values", true);
        if (streamed && query.explain()) {
            throw new BadRequest(400, "explain=1 is for a page of JSON, not for a stream");
        }
        return new ScanParameters(range, direction, rest, limit, withValues, query.options(limits), query.explain());
    }

    ScanParameters askedBy(HttpServerRequest request) {
        return new ScanParameters(range, direction, rest, limit, withValues, Askers.sign(options, request), explain);
    }

    /** The next page, from the beginning of {@code from}, when the answer has room for {@code items} more. */
    PageQuery page(KeyRange from, int items) {
        return new PageQuery(from, direction, withValues, Math.min(items, PageQuery.ENTRIES_MAX));
    }

    /** The part of the range behind a page, or empty if the page goes to its end. */
    Optional<KeyRange> restBehind(Optional<Key> coveredTo) {
        return coveredTo.flatMap(last -> range.beyond(last, direction));
    }

    /** The cursor to the rest behind a page, or empty if the page goes to the end of the range. */
    Optional<String> cursorBehind(Optional<Key> coveredTo) {
        return coveredTo
                .filter(last -> restBehind(coveredTo).isPresent())
                .map(last -> ScanCursor.of(range, direction, last));
    }
}
