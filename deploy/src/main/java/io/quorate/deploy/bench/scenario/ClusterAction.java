package io.quorate.deploy.bench.scenario;

import io.quorate.deploy.local.command.SignedDuration;
import io.quorate.deploy.local.fault.FaultOrder.FaultKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.TypeConversionException;

/**
 * Something that happens to the cluster, in the words of {@code quorate cluster}: {@code slow n3 100ms},
 * {@code restart}, {@code heal}.
 *
 * @param node empty for all nodes
 */
record ClusterAction(FaultKind kind, Optional<String> node, Optional<String> peer, long ms) {
    private static final List<FaultKind> OF_ALL = List.of(FaultKind.HEAL, FaultKind.RESTART, FaultKind.START);

    static ClusterAction parse(String place, String text) throws ScenarioException {
        List<String> words = List.of(text.strip().split("\\s+"));
        FaultKind kind = Arrays.stream(FaultKind.values())
                .filter(each -> each.label().equals(words.get(0)))
                .findFirst()
                .orElseThrow(() -> wrong(place, text));
        int wordsMax = kind.hasMs() || kind == FaultKind.CUT ? 3 : 2;
        if (words.size() > wordsMax || words.size() < (OF_ALL.contains(kind) ? 1 : wordsMax)) {
            throw wrong(place, text);
        }
        Optional<String> node = words.size() > 1 ? Optional.of(words.get(1)) : Optional.empty();
        Optional<String> peer = kind == FaultKind.CUT ? Optional.of(words.get(2)) : Optional.empty();
        return new ClusterAction(kind, node, peer, kind.hasMs() ? ms(place, text, words.get(2)) : 0);
    }

    private static long ms(String place, String text, String duration) throws ScenarioException {
        try {
            return SignedDuration.parse(duration).ms();
        } catch (TypeConversionException e) {
            throw wrong(place, text);
        }
    }

    private static ScenarioException wrong(String place, String text) {
        return new ScenarioException(
                place + ": '" + text + "' is no action; allowed are those of 'quorate cluster', such"
                        + " as 'restart', 'kill n3', 'slow n3 100ms' and 'heal'");
    }
}
