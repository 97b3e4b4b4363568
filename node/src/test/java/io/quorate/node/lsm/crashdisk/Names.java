package io.quorate.node.lsm.crashdisk;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The directory: which names processes see, which are durable, and the changes between the two. */
final class Names {
    final Map<String, FileContent> live = new TreeMap<>();
    final Map<String, FileContent> durable = new TreeMap<>();
    private final List<Change> unsynced = new ArrayList<>();

    /** A name given if {@code from} is empty, taken if {@code to} is, otherwise changed: kept or lost as one. */
    private record Change(long stamp, String from, String to, FileContent content) {
        void applyTo(Map<String, FileContent> names) {
            if (names.get(from) == content) {
                names.remove(from);
            }
            if (!to.isEmpty()) {
                names.put(to, content);
            }
        }
    }

    void give(long stamp, String name, FileContent content) {
        add(new Change(stamp, "", name, content));
    }

    void take(long stamp, String name) {
        add(new Change(stamp, name, "", live.get(name)));
    }

    void rename(long stamp, String from, String to) {
        add(new Change(stamp, from, to, live.get(from)));
    }

    private void add(Change change) {
        change.applyTo(live);
        unsynced.add(change);
    }

    /** The name that the last unsynced change gave or took, or empty if there is none. */
    String lastChanged() {
        if (unsynced.isEmpty()) {
            return "";
        }
        Change last = unsynced.get(unsynced.size() - 1);
        return last.to.isEmpty() ? last.from : last.to;
    }

    void force() {
        unsynced.forEach(change -> change.applyTo(durable));
        unsynced.clear();
    }

    void losePower(PowerLoss loss) {
        for (Change change : unsynced) {
            if (loss.keepsName(change.stamp)) {
                change.applyTo(durable);
            }
        }
        unsynced.clear();
        live.clear();
        live.putAll(durable);
    }

    void loseAll() {
        unsynced.clear();
        live.clear();
        durable.clear();
    }

    /** All files that have, had or may have a name. */
    Set<FileContent> contents() {
        Set<FileContent> all = new LinkedHashSet<>(live.values());
        all.addAll(durable.values());
        unsynced.forEach(change -> all.add(change.content));
        return all;
    }
}
