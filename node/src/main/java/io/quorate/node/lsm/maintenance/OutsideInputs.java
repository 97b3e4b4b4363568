package io.quorate.node.lsm.maintenance;

import io.quorate.common.model.Key;
import io.quorate.common.model.Version;
import io.quorate.node.lsm.compaction.OlderRecords;
import io.quorate.node.lsm.failure.DiskFailedException;
import io.quorate.node.lsm.view.LiveView;
import io.quorate.node.lsm.view.View;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for older records of a key everywhere but in the inputs of a merge.
 *
 * <ul>
 *   <li>Memtables and tables are looked up in one view. Between two views a record might move from a memtable that is
 *       looked up later to a table that was looked up before.
 *   <li>What is in no view does not come back in a restart. A flush or a merge makes its edit of the manifest durable
 *       before it changes the view. A memtable is in the view as long as a start would replay its log segment.
 *   <li>No record up to this version comes after the look. The code that forgets a record takes care of that.
 *   <li>Another merge may have an older record in its inputs. They are in the view until its outputs replace them.
 * </ul>
 *
 * @param inputs the numbers of the tables that the merge replaces
 */
record OutsideInputs(LiveView live, Set<Long> inputs) implements OlderRecords {
    @Override
    public boolean mayExist(Key key, Version version) {
        Optional<View> acquired = live.acquire();
        if (acquired.isEmpty()) {
            return true; // the store is closed, and the merge is given up
        }
        try (View view = acquired.get()) {
            return view.mayHold(key, version, inputs);
        } catch (IOException e) {
            throw new DiskFailedException("closing a table after a merge looked for older records", e);
        }
    }
}
