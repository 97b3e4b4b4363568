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
 * What all clients did, in no particular order; may be added to by several threads. On disk it is one line for each
 * operation: {@code {"process":3,"op":"put","key":"k","value":"v17","start":ns,"end":ns,"outcome":"ok|fail|unknown"}},
 * where {@code value} is null for a delete and for a get that found nothing.
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

    private static String line(Operation operation) {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("process", operation.process());
        line.put("op", lower(operation.kind()));
        line.put("key", operation.key());
        line.put("value", operation.value().orElse(null));
        line.put("start", operation.startNs());
        line.put("end", operation.endNs());
        line.put("outcome", lower(operation.outcome()));
        return line.toString();
    }

    private static Operation parse(JsonNode line) {
        JsonNode value = line.required("value");
        return new Operation(
                line.required("process").intValue(),
                Operation.Kind.valueOf(upper(line.required("op"))),
                line.required("key").textValue(),
                value.isNull() ? Optional.empty() : Optional.of(value.textValue()),
                line.required("start").longValue(),
                line.required("end").longValue(),
                Operation.Outcome.valueOf(upper(line.required("outcome"))));
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    private static String upper(JsonNode name) {
        return name.textValue().toUpperCase(Locale.ROOT);
    }
}
