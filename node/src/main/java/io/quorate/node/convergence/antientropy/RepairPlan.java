package io.quorate.node.convergence.antientropy;

import io.quorate.common.convergence.ListedEntry;
import io.quorate.common.convergence.SlotSet;
import io.quorate.common.convergence.Slots;
import io.quorate.common.model.Key;
import io.quorate.common.model.Version;
import io.quorate.node.convergence.antientropy.Peers.PassPeer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the lists of several replicas for one range say. Pure.
 *
 * @param repairs the keys that some replicas lack, in order
 * @param openKeys those that a read has to settle, in order
 * @param unfinished the slots with an accepted proposal, or with lists of different times
 * @param contradictory the slots with a key of which one version is a value here and a tombstone there. Versions never
 *     repeat (I2), so this is a defect
 */
record RepairPlan(List<KeyRepair> repairs, List<Key> openKeys, SlotSet unfinished, SlotSet contradictory) {
    /**
     * @param newest the version that all replicas should have, or a newer one
     * @param sources the replicas that hold it
     * @param lacking the others
     */
    record KeyRepair(Key key, Version newest, List<PassPeer> sources, List<PassPeer> lacking) {}

    static RepairPlan of(Map<PassPeer, List<ListedEntry>> lists) {
        SortedMap<Key, Map<PassPeer, ListedEntry>> byKey = new TreeMap<>();
        lists.forEach((peer, entries) -> entries.forEach(entry ->
                byKey.computeIfAbsent(entry.key(), any -> new LinkedHashMap<>()).put(peer, entry)));
        List<KeyRepair> repairs = new ArrayList<>();
        byKey.forEach((key, held) -> {
            KeyRepair repair = repair(key, held, lists.keySet());
            if (!repair.lacking().isEmpty() && !isForgotten(repair)) {
                repairs.add(repair);
            }
        });
        return new RepairPlan(
                repairs,
                keys(byKey, held -> held.values().stream().anyMatch(ListedEntry::isOpen)),
                slots(keys(
                        byKey,
                        held -> isOfOtherTime(held) || held.values().stream().anyMatch(ListedEntry::hasProposal))),
                slots(keys(byKey, RepairPlan::contradicts)));
    }

    private static KeyRepair repair(Key key, Map<PassPeer, ListedEntry> held, Collection<PassPeer> all) {
        Version newest = held.values().stream().map(ListedEntry::version).reduce(Version.ZERO, Version::max);
        List<PassPeer> sources = new ArrayList<>();
        List<PassPeer> lacking = new ArrayList<>();
        for (PassPeer peer : all) {
            Version version = held.containsKey(peer) ? held.get(peer).version() : Version.ZERO;
            if (newest.isAfter(version)) {
                lacking.add(peer);
            } else if (!held.containsKey(peer) || !held.get(peer).forgotten()) {
                sources.add(peer);
            }
        }
        return new KeyRepair(key, newest, sources, lacking);
    }

    /** Nobody has the newest version any more: it is a tombstone that was forgotten where it is known. */
    private static boolean isForgotten(KeyRepair repair) {
        return repair.sources().isEmpty();
    }

    /** A replica had not yet what another one has forgotten already. Their lists are of different times. */
    private static boolean isOfOtherTime(Map<PassPeer, ListedEntry> held) {
        Version newest = held.values().stream().map(ListedEntry::version).reduce(Version.ZERO, Version::max);
        boolean isForgotten = held.values().stream()
                .filter(entry -> entry.version().equals(newest))
                .allMatch(ListedEntry::forgotten);
        return isForgotten && held.values().stream().anyMatch(entry -> newest.isAfter(entry.version()));
    }

    private static boolean contradicts(Map<PassPeer, ListedEntry> held) {
        return held.values().stream().anyMatch(one -> held.values().stream()
                .anyMatch(other -> one.version().equals(other.version()) && one.tombstone() != other.tombstone()));
    }

    private interface Condition {
        boolean holds(Map<PassPeer, ListedEntry> held);
    }

    private static List<Key> keys(SortedMap<Key, Map<PassPeer, ListedEntry>> byKey, Condition condition) {
        return byKey.entrySet().stream()
                .filter(each -> condition.holds(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static SlotSet slots(List<Key> keys) {
        return SlotSet.of(keys.stream().mapToInt(Slots::of));
    }
}
