package io.quorate.deploy.simulation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What clients asked for and were told, as others' checkers read it: a line of JSON for each operation, in the order of
 * their ends.
 *
 * <pre>
 * {"process":3,"op":"put","key":"k","value":"v17","start":ns,"end":ns,"outcome":"ok|fail|unknown"}
 * op := get | put | delete | put-if | delete-if    value := what was written or read, null if there is none
 * condition := absent | present | version V        version := what it was written at or read at, if that was told
 * expires := when the value's life ends, in wall-clock ms, if it does
 * </pre>
 *
 * An operation that is unknown has its effect at any time after its start, or never. A key of a scan is a {@code get}.
 */
final class History {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<Line> lines = new ArrayList<>();

    enum Outcome {
        OK,
        FAIL,
        UNKNOWN
    }

    private record Line(
            Call call, Key key, Optional<Content> content, long endNs, Outcome outcome, Optional<Version> version) {}

    void ended(Call call, long nowNs, Outcome outcome) {
        if (call.kind() != Call.Kind.SCAN) {
            lines.add(new Line(call, call.key(), written(call), nowNs, outcome, Optional.empty()));
        }
    }

    void wrote(Call call, long nowNs, Version version) {
        lines.add(new Line(call, call.key(), written(call), nowNs, Outcome.OK, Optional.of(version)));
    }

    void saw(Call call, Key key, long nowNs, Content content, Version version) {
        Optional<Version> told = version.equals(Version.ZERO) ? Optional.empty() : Optional.of(version);
        lines.add(new Line(call, key, Optional.of(content), nowNs, Outcome.OK, told));
    }

    private static Optional<Content> written(Call call) {
        return call.writes() ? Optional.of(call.content()) : Optional.empty();
    }

    /** @param prefix makes the keys of several runs differ */
    void writeTo(Writer out, String prefix) throws IOException {
        for (Line line : lines) {
            out.write(JSON.writeValueAsString(json(line, prefix)));
            out.write('\n');
        }
    }

    private static ObjectNode json(Line line, String prefix) {
        ObjectNode json = JSON.createObjectNode();
        json.put("process", line.call.process());
        json.put("op", line.call.kind() == Call.Kind.SCAN ? "get" : line.call.op());
        json.put("key", prefix + new String(line.key.bytes(), StandardCharsets.UTF_8));
        line.call.condition().ifPresent(condition -> json.put("condition", condition));
        Optional<Value> value = line.content.filter(Value.class::isInstance).map(Value.class::cast);
        json.put(
                "value",
                value.map(held -> new String(held.bytes(), StandardCharsets.UTF_8))
                        .orElse(null));
        value.filter(held -> held.expiresAtMs() != Value.NEVER_EXPIRES)
                .ifPresent(held -> json.put("expires", held.expiresAtMs()));
        line.version.ifPresent(version -> json.put("version", version.toString()));
        json.put("start", line.call.startNs());
        json.put("end", line.endNs);
        json.put("outcome", line.outcome.name().toLowerCase(java.util.Locale.ROOT));
        return json;
    }
}
