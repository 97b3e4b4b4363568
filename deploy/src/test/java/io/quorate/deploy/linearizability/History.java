package io.quorate.deploy.linearizability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The operations of all clients, in no particular order. Several threads may add to it. On disk it is one line of JSON
 * for each operation, which other checkers can read too:
 *
 * <pre>
 * {"process":3,"op":"put","key":"k","value":"v17","start":ns,"end":ns,"outcome":"ok|fail|unknown"}
 * op := get | put | delete | put-if | delete-if    value := what was written or read, null if there is none
 * condition := absent | present | version V        version := what it was written at or read at, if known;
 * expires := when the value's life ends, in ms                of a conditional write that failed: what refuted it
 * </pre>
 *
 * The last three are there only if they apply. An operation that failed never happens. An unknown one happens at any
 * time after its start, once or never.
 */
public final class History {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();

    public void add(Operation operation) {
        operations.add(operation);
    }

    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    public void write(Path file) throws IOException {
        Files.write(file, operations.stream().map(History::line).toList());
    }

    public static History read(Path file) throws IOException {
        History history = new History();
        for (String line : Files.readAllLines(file)) {
            history.add(parse(MAPPER.readTree(line)));
        }
        return history;
    }

    public static String line(Operation operation) {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("process", operation.process());
        line.put("op", word(operation.kind()));
        line.put("key", operation.key());
        operation.condition().ifPresent(condition -> line.put("condition", condition.text()));
        line.put("value", operation.value().orElse(null));
        operation.expiresMs().ifPresent(expires -> line.put("expires", expires));
        operation.version().ifPresent(version -> line.put("version", version));
        line.put("start", operation.startNs());
        line.put("end", operation.endNs());
        line.put("outcome", word(operation.outcome()));
        return line.toString();
    }

    private static Operation parse(JsonNode line) {
        return new Operation(
                line.required("process").intValue(),
                Operation.Kind.valueOf(name(line.required("op"))),
                line.required("key").textValue(),
                text(line.get("condition")).map(Condition::new),
                text(line.required("value")),
                Optional.ofNullable(line.get("expires")).map(JsonNode::longValue),
                text(line.get("version")),
                line.required("start").longValue(),
                line.required("end").longValue(),
                Operation.Outcome.valueOf(name(line.required("outcome"))));
    }

    private static Optional<String> text(JsonNode field) {
        return field == null || field.isNull() ? Optional.empty() : Optional.of(field.textValue());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String name(JsonNode word) {
        return word.textValue().toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
