package io.quorate.node.lsm.view;

import io.quorate.common.model.Record;

/** What is to be known of a key without its content. */
public final class ExpectedVersion {
    private ExpectedVersion() {}

    /** @param record that the key holds */
    public static NewestVersion of(Record record) {
        return new NewestVersion(record.version(), record.isTombstone(), record.expiresAtMs());
    }
}
