package io.quorate.deploy.doctor;

import static io.quorate.deploy.doctor.Words.and;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Named values of several processes, and who has which. */
final class Differences {
    private final Map<String, Map<String, List<String>>> holders = new LinkedHashMap<>();

    /** @param id of the process that has the value */
    void note(String name, String value, String id) {
        holders.computeIfAbsent(name, any -> new LinkedHashMap<>())
                .computeIfAbsent(value, any -> new ArrayList<>())
                .add(id);
    }

    /** {@code silentMs is [500] at n1 and n2, [900] at n3}, for each name with more than one value. */
    List<String> words() {
        return holders.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> entry.getKey() + " is " + sides(entry.getValue()))
                .toList();
    }

    private static String sides(Map<String, List<String>> values) {
        return values.entrySet().stream()
                .map(side -> "[" + side.getKey() + "] at " + and(side.getValue()))
                .collect(Collectors.joining(", "));
    }
}
