package io.quorate.deploy.bench.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.text.ConstantText;
import io.quorate.common.text.DurationText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The fields of one map in a scenario's file. A mistake is reported with the place at which it stands. */
final class Fields {
    private final String place;
    private final JsonNode map;
    private final Set<String> known = new HashSet<>();

    /** @param place such as {@code phases 2}, for messages */
    Fields(String place, JsonNode map) throws ScenarioException {
        if (!(map instanceof ObjectNode) && !map.isMissingNode()) {
            throw new ScenarioException(place + " is " + map + ", which is no map of fields");
        }
        this.place = place;
        this.map = map;
    }

    String place() {
        return place;
    }

    boolean has(String name) {
        known.add(name);
        return map.has(name);
    }

    private JsonNode get(String name) {
        return has(name) ? map.get(name) : MissingNode.getInstance();
    }

    String text(String name) throws ScenarioException {
        JsonNode value = get(name);
        if (!value.isValueNode() || value.isNull()) {
            throw new ScenarioException(place + " needs " + name + ", a text");
        }
        return value.asText();
    }

    String text(String name, String otherwise) throws ScenarioException {
        return has(name) ? text(name) : otherwise;
    }

    double number(String name, double min, double max) throws ScenarioException {
        JsonNode value = get(name);
        if (!value.isNumber() || value.asDouble() < min || value.asDouble() > max) {
            throw new ScenarioException(String.format(
                    Locale.ROOT, "%s: %s is %s; allowed: %,.3g to %,.3g", place, name, shown(value), min, max));
        }
        return value.asDouble();
    }

    int whole(String name, int otherwise, int min, int max) throws ScenarioException {
        JsonNode value = get(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        if (!value.isInt() || value.asInt() < min || value.asInt() > max) {
            throw new ScenarioException(
                    place + ": " + name + " is " + value + "; allowed: whole numbers from " + min + " to " + max);
        }
        return value.asInt();
    }

    double number(String name, double otherwise, double min, double max) throws ScenarioException {
        return has(name) ? number(name, min, max) : otherwise;
    }

    long durationMs(String name, long otherwise) throws ScenarioException {
        if (!has(name)) {
            return otherwise;
        }
        String text = text(name);
        return DurationText.parse(text)
                .map(DurationText::ms)
                .orElseThrow(() -> new ScenarioException(
                        place + ": " + name + " is '" + text + "', which is no duration such as 500ms or 2s"));
    }

    Bound bound(String name) throws ScenarioException {
        return Bound.parse(place + ": " + name, text(name));
    }

    /** One of the names of {@code E} in lower case, with hyphens. */
    <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) throws ScenarioException {
        if (!has(name)) {
            return otherwise;
        }
        String text = text(name);
        List<String> allowed = new ArrayList<>();
        for (E each : type.getEnumConstants()) {
            if (ConstantText.hyphenated(each).equals(text)) {
                return each;
            }
            allowed.add(ConstantText.hyphenated(each));
        }
        throw new ScenarioException(place + ": " + name + " is '" + text + "'; allowed: " + String.join(", ", allowed));
    }

    List<String> texts(String name) throws ScenarioException {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : get(name)) {
            if (!each.isValueNode()) {
                throw new ScenarioException(place + ": " + name + " is no list of texts");
            }
            texts.add(each.asText());
        }
        return texts;
    }

    /** The maps of a list. */
    List<Fields> maps(String name) throws ScenarioException {
        List<Fields> maps = new ArrayList<>();
        for (JsonNode each : get(name)) {
            maps.add(new Fields(name + " " + (maps.size() + 1), each));
        }
        return maps;
    }

    /** A map, or one without fields if there is none. */
    Fields map(String name) throws ScenarioException {
        return new Fields(place.isEmpty() ? name : place + ", " + name, get(name));
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        map.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** These fields, and those of {@code defaults} that are not among them. */
    Fields over(Fields defaults) throws ScenarioException {
        ObjectNode merged = ((ObjectNode) (defaults.map.isMissingNode() ? map : defaults.map)).deepCopy();
        if (map instanceof ObjectNode own) {
            merged.setAll(own);
        }
        return new Fields(place, merged);
    }

    /** Refuses fields that were not asked for. */
    void requireNoOthers() throws ScenarioException {
        for (String name : names()) {
            if (!known.contains(name)) {
                throw new ScenarioException(place + " has a field '" + name + "', which it cannot have; allowed: "
                        + Arrays.toString(known.stream().sorted().toArray()));
            }
        }
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() ? "missing" : value.toString();
    }
}
