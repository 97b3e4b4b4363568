package io.quorate.deploy.access;

import java.util.List;
import java.util.Map;

/** A value of a YAML or JSON file, and the line on which it begins. */
sealed interface PlacedValue {
    int line();

    /** A text, a number or a truth value, as the file spells it. */
    record PlacedText(int line, String text) implements PlacedValue {}

    record PlacedList(int line, List<PlacedValue> items) implements PlacedValue {}

    /** @param fields in the order of the file. A field without a value is left out */
    record PlacedMap(int line, Map<String, PlacedValue> fields) implements PlacedValue {}
}
