package io.quorate.deploy.simulation;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What clients saw of one key, judged as it grows. Every state of a register has a version, so its history is linearizable
 * if an operation's version is at least that of every operation that ended before it began, larger if it writes; if one
 * version has one content; and if every write has its effect at one version, and at none if it was refused.
 */
final class KeyHistory {
    private final Key key;
    private final List<Ended> ended = new ArrayList<>();
    private final Map<Version, Content> contents = new HashMap<>();
    private final Map<Content, Version> effects = new HashMap<>();
    private final Set<Content> refused = new HashSet<>();
    private Version newest = Version.ZERO;

    private record Ended(long startNs, long endNs, Version version, boolean wrote) {}

    KeyHistory(Key key) {
        this.key = key;
    }

    /** The newest version that anybody saw. */
    Version newest() {
        return newest;
    }

    /** An operation that saw the register at a version, and perhaps what it held. */
    void saw(long startNs, long nowNs, Version version, Optional<Content> content) {
        add(new Ended(startNs, nowNs, version, false), content);
    }

    /** An operation that made the version. */
    void wrote(long startNs, long nowNs, Version version, Content content) {
        add(new Ended(startNs, nowNs, version, true), Optional.of(content));
    }

    /** A write that was told that it has no effect. */
    void refused(Content content) {
        if (content instanceof Value) {
            refused.add(content);
            requireNoEffect(content);
        }
    }

    private void requireNoEffect(Content content) {
        if (refused.contains(content) && effects.containsKey(content)) {
            throw new Violation(key + ": a refused write took effect at " + effects.get(content));
        }
    }

    private void add(Ended operation, Optional<Content> content) {
        content.ifPresent(seen -> requireOneMeaning(operation.version, seen));
        for (Ended before : ended) {
            int order = operation.version.compareTo(before.version);
            if (before.endNs < operation.startNs && (order < 0 || order == 0 && operation.wrote)) {
                throw new Violation(key + ": " + operation + " began after " + before + " had ended");
            }
        }
        ended.add(operation);
        newest = Version.max(newest, operation.version);
    }

    private void requireOneMeaning(Version version, Content content) {
        Content known = contents.putIfAbsent(version, content);
        if (known != null && !known.equals(content)) {
            throw new Violation(key + " at " + version + " is " + content + " and was " + known);
        }
        if (content instanceof Value) {
            Version effect = effects.putIfAbsent(content, version);
            if (effect != null && !effect.equals(version)) {
                throw new Violation(key + ": one write took effect at " + effect + " and at " + version);
            }
            requireNoEffect(content);
        }
    }
}
