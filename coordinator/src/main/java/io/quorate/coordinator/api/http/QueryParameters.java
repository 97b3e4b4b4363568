package io.quorate.coordinator.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.common.text.DurationText;
import io.quorate.coordinator.operation.ConsistencyLevel;
import io.quorate.coordinator.operation.OperationOptions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The query string of a request. A parameter that the resource does not have is an error. */
public final class QueryParameters {
    private final Map<String, String> parameters;
    private final Map<String, byte[]> bytes;

    private QueryParameters(Map<String, String> parameters, Map<String, byte[]> bytes) {
        this.parameters = parameters;
        this.bytes = bytes;
    }

    /**
     * @param text the part behind the question mark, or null if there is none
     * @param allowed the parameters of the resource
     * @throws BadRequest if there is another parameter, or one twice
     */
    public static QueryParameters parse(String text, List<String> allowed) {
        return parse(text, Optional.of(allowed));
    }

    /**
     * The parameters of any resource, for a look before the resource itself parses them.
     *
     * @throws BadRequest if there is one twice
     */
    public static QueryParameters any(String text) {
        return parse(text, Optional.empty());
    }

    private static QueryParameters parse(String text, Optional<List<String>> allowed) {
        if (text == null || text.isEmpty()) {
            return new QueryParameters(Map.of(), Map.of());
        }
        Map<String, String> parameters = new HashMap<>();
        Map<String, byte[]> bytes = new HashMap<>();
        for (String pair : text.split("&")) {
            int equals = pair.indexOf('=');
            String name = new String(decode(equals < 0 ? pair : pair.substring(0, equals)), UTF_8);
            byte[] value = equals < 0 ? new byte[0] : decode(pair.substring(equals + 1));
            allowed.filter(names -> !names.contains(name)).ifPresent(names -> refuse(name, names));
            if (parameters.put(name, new String(value, UTF_8)) != null) {
                throw new BadRequest(400, "query parameter '" + name + "' is given twice. Nothing was applied");
            }
            bytes.put(name, value);
        }
        return new QueryParameters(parameters, bytes);
    }

    private static void refuse(String name, List<String> allowed) {
        throw new BadRequest(
                400,
                "unknown query parameter '" + name + "'; "
                        + (allowed.isEmpty() ? "none is allowed here" : "allowed are " + allowed)
                        + ". Nothing was applied");
    }

    private static byte[] decode(String text) {
        return UriText.decode(text.replace('+', ' '));
    }

    /** The value of a parameter, or empty if the parameter is missing or has no value. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(text -> !text.isEmpty());
    }

    /** A key of any bytes, or empty if the parameter is missing or has no value. */
    public Optional<Key> key(String name) {
        byte[] key = bytes.getOrDefault(name, new byte[0]);
        if (key.length > Key.BYTES_MAX) {
            throw new BadRequest(400, name + " has " + key.length + " bytes; a key has at most " + Key.BYTES_MAX);
        }
        return key.length == 0 ? Optional.empty() : Optional.of(Key.of(key));
    }

    /** The keys with {@code prefix}, from {@code start} on and before {@code end}. */
    public KeyRange range() {
        return key("prefix")
                .map(KeyRange::ofPrefix)
                .orElse(KeyRange.ALL)
                .intersection(new KeyRange(key("start"), key("end")));
    }

    public boolean flag(String name, boolean otherwise) {
        String text = text(name).orElse(Boolean.toString(otherwise));
        if (!text.equals("true") && !text.equals("false")) {
            throw new BadRequest(400, name + " '" + text + "' is not allowed; write true or false");
        }
        return text.equals("true");
    }

    public int count(String name, int otherwise, int max) {
        String text = text(name).orElse(Integer.toString(otherwise));
        long count = text.matches("\\d{1,10}") ? Long.parseLong(text) : 0;
        if (count < 1 || count > max) {
            throw new BadRequest(400, name + " '" + text + "' is not allowed; write a number from 1 to " + max);
        }
        return (int) count;
    }

    /** {@code consistency} and {@code timeout}, or their defaults. */
    public OperationOptions options(ApiLimits limits) {
        return new OperationOptions(level(), timeoutMs(limits));
    }

    private ConsistencyLevel level() {
        String name = parameters.get("consistency");
        if (name == null) {
            return ConsistencyLevel.LINEARIZABLE;
        }
        return ConsistencyLevel.named(name)
                .orElseThrow(() -> new BadRequest(
                        400,
                        "consistency '" + name + "' is unknown; allowed are "
                                + Arrays.stream(ConsistencyLevel.values())
                                        .map(ConsistencyLevel::label)
                                        .collect(Collectors.joining(", "))
                                + ". Nothing was applied"));
    }

    public long timeoutMs(ApiLimits limits) {
        String text = parameters.get("timeout");
        if (text == null) {
            return limits.timeoutMs();
        }
        long ms = DurationText.parse(text).map(DurationText::ms).orElse(0L);
        if (ms < 1 || ms > limits.timeoutMsMax()) {
            throw new BadRequest(
                    400,
                    "timeout '" + text + "' is not allowed; write it as 500ms, 2s or 1m, from 1ms to "
                            + limits.timeoutMsMax() + "ms. Nothing was applied");
        }
        return ms;
    }

    /** Time to live of the value, in milliseconds, or empty if it stays. */
    public OptionalLong ttlMs() {
        String text = parameters.get("ttl");
        if (text == null) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(TimeToLive.parseMs(text)
                .orElseThrow(() -> new BadRequest(
                        400, "ttl '" + text + "' is not allowed; " + TimeToLive.ALLOWED + ". Nothing was applied")));
    }

    /** Whether {@code explain=1} asks for all rounds of the operation instead of its plain result. */
    public boolean explain() {
        String text = parameters.getOrDefault("explain", "0");
        if (!text.equals("0") && !text.equals("1")) {
            throw new BadRequest(400, "explain '" + text + "' is not allowed; write 0 or 1");
        }
        return text.equals("1");
    }

    /** Refuses any other level for a write that is always linearizable. */
    public static void requireLinearizable(String what, OperationOptions options) {
        if (options.level() != ConsistencyLevel.LINEARIZABLE) {
            throw new BadRequest(
                    400,
                    what + " is always linearizable; consistency="
                            + options.level().label() + " is not allowed with it. Nothing was applied");
        }
    }
}
