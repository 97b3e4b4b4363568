package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.Version;
import io.quorate.coordinator.operation.function.FunctionReport;
import io.quorate.coordinator.operation.function.RegisterFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * I1 for functions: they have their effects as if one after the other, each once. Judged under four conditions:
 *
 * <ul>
 *   <li>Each function has a place of its own: a version, and how many changes of that version came before it.
 *   <li>At its place, the function makes of the content there what its client was told, or is refused as it was told.
 *   <li>Every function leaves a mark of its own in what it makes ({@link Marks}). No content has a mark twice, and none
 *       has the mark of a function that was refused.
 *   <li>A mark that a later content lost never comes back.
 * </ul>
 */
public final class FunctionsInOrder extends Invariant {
    private final Key key;
    private final I2OneRecordPerVersion records;
    private final Map<Place, Content> left = new HashMap<>();
    private final TreeMap<Version, Set<String>> marks = new TreeMap<>();
    private final Set<String> begun = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final List<Step> unjudged = new ArrayList<>();

    /** Behind so many changes of the record of this version. */
    private record Place(Version version, int changes) {}

    private record Step(RegisterFunction function, Version version, FunctionReport report) {}

    FunctionsInOrder(Violations violations, Key key, I2OneRecordPerVersion records) {
        super(1, violations);
        this.key = key;
        this.records = records;
    }

    /** The mark may be in contents from now on. */
    public void began(String mark) {
        begun.add(mark);
    }

    public void applied(RegisterFunction function, Version version, FunctionReport report) {
        Content made = report.verdict().made().orElseThrow();
        Content other = left.putIfAbsent(new Place(version, report.changesBefore() + 1), made);
        if (other != null) {
            violated(key + " at " + version + ": two functions took the place " + report.changesBefore() + ", and made "
                    + other + " and " + made);
        }
        Optional<Record> record = records.at(key, version);
        if (report.isRegister() && record.isPresent() && !record.get().content().equals(made)) {
            violated(key + ": " + record + " is there, and a client was told " + report);
        }
        judge(new Step(function, version, report));
    }

    /** A client was told why its function changed nothing. */
    public void refused(RegisterFunction function, String mark, Version version, FunctionReport report) {
        hasNoEffect(mark);
        judge(new Step(function, version, report));
    }

    public void hasNoEffect(String mark) {
        refused.add(mark);
        requireNoEffect();
    }

    private void requireNoEffect() {
        marks.forEach((version, there) -> there.stream()
                .filter(refused::contains)
                .forEach(mark -> violated(key + " at " + version + " has the mark of a refused function: " + mark)));
    }

    /** A register holds the record, or a majority has chosen it. */
    void effective(Record record) {
        List<String> all = Marks.of(record.content());
        Set<String> there = new HashSet<>(all);
        marks.put(record.version(), there);
        if (there.size() < all.size()) {
            violated(key + " has a mark twice: " + all);
        }
        if (!begun.containsAll(there)) {
            violated(key + " has a mark that nobody made: " + all);
        }
        there.forEach(this::requireLasting);
        requireNoEffect();
        List<Step> again = List.copyOf(unjudged);
        unjudged.clear();
        again.forEach(this::judge);
    }

    /** From the first version with the mark to the last, all have it. */
    private void requireLasting(String mark) {
        Version first = marks.entrySet().stream()
                .filter(each -> each.getValue().contains(mark))
                .findFirst()
                .orElseThrow()
                .getKey();
        boolean isLost = false;
        for (Map.Entry<Version, Set<String>> each : marks.tailMap(first).entrySet()) {
            boolean isThere = each.getValue().contains(mark);
            if (isLost && isThere) {
                violated(key + " at " + each.getKey() + " has again what it had at " + first + ": " + mark);
            }
            isLost |= !isThere;
        }
    }

    private void judge(Step step) {
        Optional<Content> met = met(step);
        if (met.isEmpty()) {
            unjudged.add(step);
        } else if (!step.function.on(met.get()).equals(step.report.verdict())) {
            violated(key + " at " + step.version + ": " + step.function + " met " + met.get()
                    + ", and its client was told " + step.report);
        }
    }

    /** A refused function before any change met the register of the version. An applied one met the base. */
    private Optional<Content> met(Step step) {
        int changes = step.report.changesBefore();
        if (changes > 0) {
            return Optional.ofNullable(left.get(new Place(step.version, changes)));
        }
        boolean isChange = step.report.verdict().made().isPresent();
        Version version = isChange ? I3OneConditionalWritePerBase.base(step.version) : step.version;
        return records.at(key, Floors.shown(version)).map(Record::content);
    }
}
