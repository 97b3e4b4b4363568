package io.quorate.deploy.simulation.judge;

import io.quorate.common.model.Content;
import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.RequestId;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** I3: at most one conditional write is chosen per base, and its value is f(base): the condition holds on the base. */
final class I3OneConditionalWritePerBase extends Invariant {
    private final I2OneRecordPerVersion records;
    private final Map<Content, Call> conditional = new HashMap<>();
    private final Map<KeyVersion, Record> chosen = new HashMap<>();

    I3OneConditionalWritePerBase(Violations violations, I2OneRecordPerVersion records) {
        super(3, violations);
        this.records = records;
    }

    /** Only one call writes a value, so the value identifies the call. A tombstone does not. */
    void began(Call write) {
        if (write.isConditional() && write.content() instanceof Value) {
            conditional.put(write.content(), write);
        }
    }

    void chosen(Key key, Record record) {
        Version base = base(record.version());
        Record other = chosen.putIfAbsent(new KeyVersion(key, base), record);
        if (other != null && !other.equals(record)) {
            violated(key + ": on " + base + " both " + other + " and " + record + " are chosen");
        }
        Call call = conditional.get(record.content());
        Optional<Record> replaced = records.at(key, Floors.shown(base));
        if (replaced.isPresent() && !isValueOf(record, call, replaced.get())) {
            violated(key + ": " + record + " is chosen on " + replaced.get() + " in spite of " + call);
        }
    }

    static Version base(Version version) {
        return new Version(version.timestamp(), version.session(), version.counter(), version.step() - 1);
    }

    private static boolean isValueOf(Record record, Call call, Record base) {
        if (record.request().equals(RequestId.NONE)) {
            return base.content() instanceof Value value && value.expiresAtMs() != Value.NEVER_EXPIRES;
        }
        return call == null || call.precondition().holds(base.version(), base.isTombstone());
    }
}
