package io.quorate.deploy.data.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.quorate.deploy.client.JsonText;
import io.quorate.deploy.terminal.CommandFailure;
import io.quorate.deploy.terminal.PrintableText;
import io.quorate.deploy.terminal.ShellWord;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes the items out of a stream of lines, and knows how it ended. A last line with {@code next} means that it is
 * whole, one with {@code error} that it failed. Without either it was cut.
 */
public final class ScanReader {
    private final Supplier<Optional<String>> lines;
    private ScanItem last;
    private long items;
    private JsonNode end;

    /** @param lines gives the next line, or empty if no more comes */
    public ScanReader(Supplier<Optional<String>> lines) {
        this.lines = lines;
    }

    /** The next item, or empty at the end or after a cut. {@link #requireWhole} distinguishes them. */
    public Optional<ScanItem> next() {
        Optional<String> line = lines.get();
        if (line.isEmpty()) {
            return Optional.empty();
        }
        JsonNode fields;
        try {
            fields = JsonText.line(line.get());
        } catch (JsonProcessingException e) {
            return Optional.empty(); // neither an item nor an end: cut
        }
        if (!fields.has("key") && !fields.has("key64")) {
            end = fields;
            return Optional.empty();
        }
        last = new ScanItem(line.get(), fields);
        items++;
        return Optional.of(last);
    }

    public long items() {
        return items;
    }

    public boolean isWhole() {
        return end != null && !end.has("error");
    }

    /** The problem with which the stream ended, or empty if it is whole, or was cut. */
    public Optional<JsonNode> error() {
        return Optional.ofNullable(end).filter(line -> line.has("error")).map(line -> line.get("error"));
    }

    /**
     * To be called after the last item.
     *
     * @return the cursor to the rest that a limit left over, or empty if there is no rest
     * @throws CommandFailure if the stream is not whole. The message says where to go on
     */
    public Optional<String> requireWhole() {
        if (end == null) {
            throw CommandFailure.refused("the scan was cut after " + items + " keys, which hold; " + goOnBehindLast());
        }
        Optional<String> cursor = Optional.of(end.path("next").asText("")).filter(text -> !text.isEmpty());
        if (!end.has("error")) {
            return cursor.filter(text -> !text.equals("null"));
        }
        String advice = cursor.map(text -> "go on with the same options and --cursor " + text)
                .orElseGet(this::goOnBehindLast);
        throw CommandFailure.refused("the scan ended after " + items + " keys, which hold: "
                + end.path("error").path("detail").asText() + "; " + advice);
    }

    private String goOnBehindLast() {
        if (last == null) {
            return "start again";
        }
        byte[] key = last.key();
        String shown = PrintableText.bytes(key);
        boolean isText = last.fields().has("key")
                && shown.equals(last.fields().get("key").asText());
        return "go on with the same options and "
                + (isText
                        ? "--after " + ShellWord.quoted(shown)
                        : "--after64 " + Base64.getEncoder().encodeToString(key));
    }
}
