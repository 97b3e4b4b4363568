package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.deploy.linearizability.Condition;
import io.quorate.deploy.linearizability.Operation;
import io.quorate.deploy.linearizability.Operation.Kind;
import io.quorate.deploy.linearizability.Operation.Outcome;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The requests of clients and their answers, in the order of their ends. Other checkers can read it: lines of JSON in
 * the form of {@link io.quorate.deploy.linearizability.History}. A key of a scan is a {@code get}. Keys whose clients
 * use functions are left out: the form has no functions.
 */
public final class History {
    private final List<Line> lines = new ArrayList<>();

    private record Line(
            Call call, Key key, Optional<Content> content, long endNs, Outcome outcome, Optional<Version> version) {}

    public void ended(Call call, long nowNs, Outcome outcome) {
        if (call.writes() || call.kind() == Call.Kind.READ && call.isAtomic()) {
            add(new Line(call, call.key(), written(call), nowNs, outcome, Optional.empty()));
        }
    }

    public void wrote(Call call, long nowNs, Version version) {
        add(new Line(call, call.key(), written(call), nowNs, Outcome.OK, Optional.of(version)));
    }

    /** Its condition does not hold, as the register is at {@code version}. */
    public void refuted(Call call, long nowNs, Version version) {
        add(new Line(call, call.key(), written(call), nowNs, Outcome.FAIL, told(version)));
    }

    public void saw(Call call, Key key, long nowNs, Content content, Version version) {
        add(new Line(call, key, Optional.of(content), nowNs, Outcome.OK, told(version)));
    }

    private void add(Line line) {
        if (!Marks.hasFunctions(line.key)) {
            lines.add(line);
        }
    }

    private static Optional<Version> told(Version version) {
        return version.equals(Version.ZERO) ? Optional.empty() : Optional.of(version);
    }

    private static Optional<Content> written(Call call) {
        return call.writes() ? Optional.of(call.content()) : Optional.empty();
    }

    /** @param prefix makes the keys of several runs differ */
    public void writeTo(Writer out, String prefix) throws IOException {
        for (Line line : lines) {
            out.write(io.quorate.deploy.linearizability.History.line(operation(line, prefix)));
            out.write('\n');
        }
    }

    private static Operation operation(Line line, String prefix) {
        Call call = line.call;
        Optional<Value> value = line.content.filter(Value.class::isInstance).map(Value.class::cast);
        return new Operation(
                call.process(),
                kind(call),
                prefix + new String(line.key.bytes(), StandardCharsets.UTF_8),
                call.condition().map(Condition::new),
                value.map(held -> new String(held.bytes(), StandardCharsets.UTF_8)),
                value.map(Value::expiresAtMs).filter(expires -> expires != Value.NEVER_EXPIRES),
                line.version.map(Version::toString),
                call.startNs(),
                line.endNs,
                line.outcome);
    }

    private static Kind kind(Call call) {
        return call.kind() == Call.Kind.SCAN
                ? Kind.GET
                : Kind.valueOf(call.op().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
