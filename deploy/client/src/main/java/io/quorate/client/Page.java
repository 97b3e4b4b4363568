package io.quorate.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Some of the keys of a range.
 *
 * @param items fewer than the page size, or none, also if more follow
 * @param next where the following page begins, at any node and at any later time. Empty at the end of the range
 */
public record Page(List<Item> items, Optional<String> next) {
    /**
     * A key of a range.
     *
     * @param value empty if only keys were asked for
     */
    public record Item(Key key, Version version, Optional<Value> value) {}

    static Page of(Answer answer) {
        Map<?, ?> body = answer.json();
        List<Item> items = new ArrayList<>();
        if (!(body.get("items") instanceof List<?> listed)) {
            throw new ReadFailedException(answer.status(), "the answer is no page: " + answer.detail());
        }
        listed.forEach(each -> items.add(item((Map<?, ?>) each)));
        return new Page(
                List.copyOf(items), body.get("next") instanceof String next ? Optional.of(next) : Optional.empty());
    }

    private static Item item(Map<?, ?> fields) {
        return new Item(
                Key.of(Bytes.read(fields, "key").orElseThrow()),
                new Version((String) fields.get("version")),
                value(fields));
    }

    static Optional<Value> value(Map<?, ?> fields) {
        String type = fields.get("contentType") instanceof String named ? named : Value.DEFAULT_CONTENT_TYPE;
        return Bytes.read(fields, "value").map(bytes -> Value.of(bytes, type));
    }
}
