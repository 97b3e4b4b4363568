package io.quorate.deploy.fault;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.model.NodeId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * The faults of one node, as its file has them: {@code {"cut": ["n2"], "slowMs": 50, "slowDiskMs": 300, "skewMs":
 * 5000}}. A field that is left out means no such fault, and no file means no faults.
 *
 * @param cut the peers to and from which nothing gets through
 * @param slowMs by how much everything that the node sends to its peers is late, 0 to {@link #SLOW_MS_MAX}
 * @param slowDiskMs by how much each force of the node's disk takes longer, 0 to {@link #SLOW_MS_MAX}
 * @param skewMs by how much the node's wall clock is ahead, at most {@link #SKEW_MS_MAX} either way
 */
public record Faults(Set<NodeId> cut, int slowMs, int slowDiskMs, long skewMs) {
    public static final int SLOW_MS_MAX = 10_000;
    public static final long SKEW_MS_MAX = TimeUnit.DAYS.toMillis(30);
    public static final Faults NONE = new Faults(Set.of(), 0, 0, 0);

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** @throws IllegalArgumentException if it is more than allowed */
    public Faults {
        cut = Set.copyOf(cut);
        requireDelay("slow", slowMs);
        requireDelay("a disk slow", slowDiskMs);
        if (skewMs < -SKEW_MS_MAX || skewMs > SKEW_MS_MAX) {
            throw new IllegalArgumentException("a clock " + skewMs + " ms ahead; allowed: " + -SKEW_MS_MAX + " to "
                    + SKEW_MS_MAX + " ms (30 days)");
        }
    }

    private static void requireDelay(String what, int delayMs) {
        if (delayMs < 0 || delayMs > SLOW_MS_MAX) {
            throw new IllegalArgumentException(what + " by " + delayMs + " ms; allowed: 0 to " + SLOW_MS_MAX + " ms");
        }
    }

    public Faults withCut(NodeId peer) {
        Set<NodeId> more = new TreeSet<>(cut);
        more.add(peer);
        return new Faults(more, slowMs, slowDiskMs, skewMs);
    }

    public Faults withoutCut(NodeId peer) {
        Set<NodeId> fewer = new TreeSet<>(cut);
        fewer.remove(peer);
        return new Faults(fewer, slowMs, slowDiskMs, skewMs);
    }

    public Faults withSlowMs(int delayMs) {
        return new Faults(cut, delayMs, slowDiskMs, skewMs);
    }

    public Faults withSlowDiskMs(int delayMs) {
        return new Faults(cut, slowMs, delayMs, skewMs);
    }

    public Faults withSkewMs(long aheadMs) {
        return new Faults(cut, slowMs, slowDiskMs, aheadMs);
    }

    /** @throws IOException if the file cannot be read, or holds a value that is not allowed. The message names both */
    public static Faults read(Path file) throws IOException {
        try {
            return parse(MAPPER.readTree(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return NONE;
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(
                    file + " holds no faults: " + e.getMessage()
                            + "; allowed: {\"cut\": [node ids], \"slowMs\": number, \"slowDiskMs\": number, \"skewMs\": number},"
                            + " or no such file",
                    e);
        }
    }

    private static Faults parse(JsonNode tree) {
        if (!(tree instanceof ObjectNode fields)) {
            throw new IllegalArgumentException("not an object");
        }
        Faults faults = NONE;
        for (var field : fields.properties()) {
            faults = faults.with(field.getKey(), field.getValue());
        }
        return faults;
    }

    private Faults with(String name, JsonNode value) {
        if (name.equals("cut") && value.isArray()) {
            Faults all = this;
            for (JsonNode peer : value) {
                all = all.withCut(new NodeId(peer.asText()));
            }
            return all;
        }
        if (name.equals("slowMs") && value.canConvertToInt()) {
            return withSlowMs(value.intValue());
        }
        if (name.equals("slowDiskMs") && value.canConvertToInt()) {
            return withSlowDiskMs(value.intValue());
        }
        if (name.equals("skewMs") && value.canConvertToLong()) {
            return withSkewMs(value.longValue());
        }
        throw new IllegalArgumentException(name + " is " + value);
    }

    /**
     * Atomic: a reader of the file sees all of the former faults, or all of these. A node of an earlier build refuses a
     * field that it does not know. So a disk that is not slow is left out.
     */
    public void write(Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        ObjectNode fields = putInto(JsonNodeFactory.instance.objectNode());
        if (slowDiskMs == 0) {
            fields.remove("slowDiskMs");
        }
        Files.write(fresh, MAPPER.writeValueAsBytes(fields));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Adds the four fields, with peers in the order of their names. */
    public ObjectNode putInto(ObjectNode node) {
        var peers = node.putArray("cut");
        new TreeSet<>(cut).forEach(peer -> peers.add(peer.name()));
        return node.put("slowMs", slowMs).put("slowDiskMs", slowDiskMs).put("skewMs", skewMs);
    }

    @Override
    public String toString() {
        if (equals(NONE)) {
            return "none";
        }
        StringBuilder text = new StringBuilder();
        if (!cut.isEmpty()) {
            text.append("cut from ")
                    .append(String.join(
                            ", ", new TreeSet<>(cut).stream().map(NodeId::name).toList()));
        }
        if (slowMs > 0) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append("slow by ")
                    .append(slowMs)
                    .append(" ms");
        }
        if (slowDiskMs > 0) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append("disk slow by ")
                    .append(slowDiskMs)
                    .append(" ms");
        }
        if (skewMs != 0) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append("clock ")
                    .append(skewMs > 0 ? "+" : "")
                    .append(skewMs)
                    .append(" ms");
        }
        return text.toString();
    }
}
