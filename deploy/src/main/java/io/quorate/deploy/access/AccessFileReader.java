package io.quorate.deploy.access;

import io.quorate.common.model.NodeId;
import io.quorate.coordinator.api.access.Grant;
import io.quorate.coordinator.api.access.TokenDigest;
import io.quorate.deploy.access.PlacedValue.PlacedList;
import io.quorate.deploy.access.PlacedValue.PlacedMap;
import io.quorate.deploy.access.PlacedValue.PlacedText;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns the values of a file into principals. The first fault ends it.
 *
 * <pre>
 * file      := principals: [principal]
 * principal := name, grants: [grant], tokens: [token]
 * token     := sha256, created
 * </pre>
 */
final class AccessFileReader {
    private static final List<String> OF_FILE = List.of("principals");
    private static final List<String> OF_PRINCIPAL = List.of("name", "grants", "tokens");
    private static final List<String> OF_TOKEN = List.of("sha256", "created");

    private final Path file;

    private AccessFileReader(Path file) {
        this.file = file;
    }

    static AccessList read(Path file, byte[] bytes) throws AccessFileException {
        PlacedValue root = PlacedValueReader.read(file, bytes)
                .orElseThrow(() -> new AccessFileException(
                        file, "it is empty", "needed: principals, a list. 'quorate access add-token' writes the file"));
        return new AccessFileReader(file).list(root);
    }

    private AccessList list(PlacedValue root) throws AccessFileException {
        PlacedMap fields = map(root, OF_FILE);
        List<AccessEntry> entries = new ArrayList<>();
        for (PlacedValue item : items(required(fields, "principals"))) {
            entries.add(principal(map(item, OF_PRINCIPAL)));
            requireDistinct(entries, item);
        }
        return new AccessList(entries);
    }

    private void requireDistinct(List<AccessEntry> entries, PlacedValue last) throws AccessFileException {
        try {
            new AccessList(entries).rules();
        } catch (IllegalArgumentException e) {
            throw wrong(last, String.valueOf(e.getMessage()), "allowed: one principal for each name and token");
        }
    }

    private AccessEntry principal(PlacedMap fields) throws AccessFileException {
        NodeId name = parse(required(fields, "name"), NodeId::new, "choose a name of that form");
        List<Grant> grants = new ArrayList<>();
        for (PlacedValue item : optionalItems(fields, "grants")) {
            grants.add(parse(item, Grant::parse, "a grant is ROLE or ROLE:PREFIX"));
        }
        List<AccessToken> tokens = new ArrayList<>();
        for (PlacedValue item : optionalItems(fields, "tokens")) {
            tokens.add(token(map(item, OF_TOKEN)));
        }
        return new AccessEntry(name, tokens, grants);
    }

    private AccessToken token(PlacedMap fields) throws AccessFileException {
        TokenDigest digest = parse(
                required(fields, "sha256"),
                TokenDigest::parse,
                "'quorate access add-token' makes a token and writes it");
        Optional<Instant> created = Optional.empty();
        if (fields.fields().containsKey("created")) {
            created = Optional.of(
                    parse(fields.fields().get("created"), AccessFileReader::instant, "or leave the line out"));
        }
        return new AccessToken(digest, created);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no instant; allowed: as 2026-11-29T07:30:00Z", e);
        }
    }

    private <T> T parse(PlacedValue value, Function<String, T> parser, String allowed) throws AccessFileException {
        if (!(value instanceof PlacedText text)) {
            throw wrong(value, "it is not text", allowed);
        }
        try {
            return parser.apply(text.text());
        } catch (IllegalArgumentException e) {
            throw wrong(value, String.valueOf(e.getMessage()), allowed);
        }
    }

    private PlacedMap map(PlacedValue value, List<String> known) throws AccessFileException {
        if (!(value instanceof PlacedMap map)) {
            throw wrong(value, "it is not a map", "allowed: a map of " + known);
        }
        for (String name : map.fields().keySet()) {
            if (!known.contains(name)) {
                throw wrong(map.fields().get(name), "there is no field '" + name + "'", "allowed: " + known);
            }
        }
        return map;
    }

    private PlacedValue required(PlacedMap map, String name) throws AccessFileException {
        PlacedValue value = map.fields().get(name);
        if (value == null) {
            throw wrong(map, "the field '" + name + "' is missing", "needed: " + name);
        }
        return value;
    }

    private List<PlacedValue> optionalItems(PlacedMap map, String name) throws AccessFileException {
        PlacedValue value = map.fields().get(name);
        return value == null ? List.of() : items(value);
    }

    private List<PlacedValue> items(PlacedValue value) throws AccessFileException {
        if (!(value instanceof PlacedList list)) {
            throw wrong(value, "it is not a list", "allowed: a list, [] for none");
        }
        return list.items();
    }

    private AccessFileException wrong(PlacedValue at, String what, String allowed) {
        return new AccessFileException(file, at.line(), what, allowed);
    }
}
