package io.quorate.deploy.access;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.quorate.deploy.access.PlacedValue.PlacedList;
import io.quorate.deploy.access.PlacedValue.PlacedMap;
import io.quorate.deploy.access.PlacedValue.PlacedText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads YAML, or JSON if the name of the file ends with {@code .json}, into values that know their lines. */
final class PlacedValueReader {
    private final Path file;
    private final JsonParser parser;

    private PlacedValueReader(Path file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /** Empty if the file holds nothing. */
    static Optional<PlacedValue> read(Path file, byte[] bytes) throws AccessFileException {
        JsonFactory factory = file.toString().endsWith(".json") ? new JsonFactory() : new YAMLFactory();
        factory.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        try (JsonParser parser = factory.createParser(bytes)) {
            return new PlacedValueReader(file, parser).document();
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new AccessFileException(file, line, firstLine(e.getOriginalMessage()), "mend the syntax there");
        } catch (IOException e) {
            throw new AssertionError("an array of bytes is always readable", e);
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("the syntax is wrong").strip();
    }

    private Optional<PlacedValue> document() throws IOException, AccessFileException {
        if (parser.nextToken() == null) {
            return Optional.empty();
        }
        Optional<PlacedValue> value = value();
        if (parser.nextToken() != null) {
            throw new AccessFileException(file, line(), "a second document begins here", "allowed: one");
        }
        return value;
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private Optional<PlacedValue> value() throws IOException {
        int line = line();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            return Optional.of(map(line));
        }
        if (token == JsonToken.START_ARRAY) {
            return Optional.of(list(line));
        }
        return token == JsonToken.VALUE_NULL ? Optional.empty() : Optional.of(new PlacedText(line, parser.getText()));
    }

    private PlacedMap map(int line) throws IOException {
        Map<String, PlacedValue> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            value().ifPresent(value -> fields.put(name, value));
        }
        return new PlacedMap(line, fields);
    }

    private PlacedList list(int line) throws IOException {
        List<PlacedValue> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value().orElse(new PlacedText(line(), "")));
        }
        return new PlacedList(line, items);
    }
}
