package io.quorate.node.lsm.compaction;

import io.quorate.common.model.Key;
import io.quorate.common.model.Version;

/** What else a store holds, besides the inputs of a merge. A merge asks before it drops a forgotten record. */
public interface OlderRecords {
    /**
     * Whether a record of the key up to this version may exist outside the inputs of the merge. True if in doubt: what
     * is not dropped now is dropped later.
     */
    boolean mayExist(Key key, Version version);
}
