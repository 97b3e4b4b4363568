package io.quorate.coordinator.api.http;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BaseJsonNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * JSON text that is made as it is sent. The parts wait as trees, whose {@link JsonBytes} are the values themselves. So
 * a client that does not read costs the values, and no text of them. Used on one event loop only.
 */
public final class JsonStream implements AnswerSource {
    private static final int PIECE_BYTES = 32 << 10;

    private static final JsonFactory FACTORY = new JsonFactory();

    private final ByteArrayOutputStream text = new ByteArrayOutputStream(1 << 10);
    private final JsonGenerator out;
    private final Queue<Step> steps = new ArrayDeque<>();

    /** The containers that are open, the innermost first. */
    private final Deque<OpenContainer> open = new ArrayDeque<>();

    private Optional<JsonBytes> bytes = Optional.empty();
    private int bytesFrom;
    private boolean complete;

    /** Writes some tokens, or calls back when all before it was written. */
    private interface Step {
        void run() throws IOException;
    }

    /** Writes the next child of a container. False at its end, which it writes too. */
    private interface OpenContainer {
        boolean writeNext() throws IOException;
    }

    private JsonStream(boolean indented) {
        try {
            this.out = FACTORY.createGenerator(text, JsonEncoding.UTF8);
            out.setPrettyPrinter(indented ? new DefaultPrettyPrinter() : new MinimalPrettyPrinter(""));
        } catch (IOException e) {
            throw new AssertionError("an array of bytes is always writable", e);
        }
    }

    /** One document, indented as people read it. */
    public static JsonStream indented() {
        return new JsonStream(true);
    }

    /** Each tree a line. */
    public static JsonStream lines() {
        return new JsonStream(false);
    }

    public JsonStream add(JsonNode tree) {
        steps.add(() -> begin(tree));
        return this;
    }

    /** Adds a tree, with its line end. */
    public JsonStream addLine(JsonNode tree) {
        add(tree);
        steps.add(() -> out.writeRaw('\n'));
        return this;
    }

    /** Begins an object with one field, an array. Its elements follow. */
    public JsonStream beginObjectOfArray(String field) {
        steps.add(() -> {
            out.writeStartObject();
            out.writeArrayFieldStart(field);
        });
        return this;
    }

    public JsonStream endObjectOfArray() {
        steps.add(() -> {
            out.writeEndArray();
            out.writeEndObject();
            out.writeRaw('\n');
        });
        return this;
    }

    /** Calls back when the text of all before is made. */
    public JsonStream then(Runnable action) {
        steps.add(action::run);
        return this;
    }

    /** Nothing more is added. */
    public JsonStream end() {
        complete = true;
        return this;
    }

    @Override
    public boolean isOver() {
        return complete && isIdle();
    }

    /** Whether the text of everything so far was made and taken. */
    private boolean isIdle() {
        return steps.isEmpty() && open.isEmpty() && bytes.isEmpty();
    }

    @Override
    public Optional<Buffer> next() {
        try {
            while (text.size() < PIECE_BYTES && !isIdle()) {
                writeSome();
                out.flush();
            }
        } catch (IOException e) {
            throw new AssertionError("an array of bytes is always writable", e);
        }
        if (text.size() == 0) {
            return Optional.empty();
        }
        Buffer piece = Buffer.buffer(text.toByteArray());
        text.reset();
        return Optional.of(piece);
    }

    private void writeSome() throws IOException {
        if (bytes.isPresent()) {
            writeBytes(bytes.get());
        } else if (open.isEmpty()) {
            steps.remove().run();
        } else {
            OpenContainer innermost = open.peek();
            if (!innermost.writeNext()) {
                open.remove(innermost);
            }
        }
    }

    private void begin(JsonNode node) throws IOException {
        if (node.isObject()) {
            beginObject(node);
        } else if (node.isArray()) {
            beginArray(node);
        } else if (node instanceof POJONode pojo && pojo.getPojo() instanceof JsonBytes content) {
            // The generator takes this for the whole value. The text follows past it.
            out.writeRawValue("\"");
            bytes = Optional.of(content);
            bytesFrom = 0;
        } else if (node.isNull()) {
            out.writeNull();
        } else {
            ((BaseJsonNode) node).serialize(out, null);
        }
    }

    private void beginObject(JsonNode node) throws IOException {
        Iterator<Map.Entry<String, JsonNode>> fields = node.properties().iterator();
        out.writeStartObject();
        open.push(() -> {
            if (!fields.hasNext()) {
                out.writeEndObject();
                return false;
            }
            Map.Entry<String, JsonNode> field = fields.next();
            out.writeFieldName(field.getKey());
            begin(field.getValue());
            return true;
        });
    }

    private void beginArray(JsonNode node) throws IOException {
        Iterator<JsonNode> elements = node.iterator();
        out.writeStartArray();
        open.push(() -> {
            if (!elements.hasNext()) {
                out.writeEndArray();
                return false;
            }
            begin(elements.next());
            return true;
        });
    }

    private void writeBytes(JsonBytes content) {
        bytesFrom = content.writePiece(bytesFrom, text);
        if (bytesFrom < 0) {
            text.write('"');
            bytes = Optional.empty();
        }
    }
}
