package io.quorate.node.lsm.mutant;

import io.quorate.node.lsm.Checkpoint;
import io.quorate.node.lsm.Store;
import java.util.List;

/** Checkpoints of no single moment. */
final class CheckpointMutants {
    static final List<StoreMutant> ALL = List.of(
            StoreMutant.of(
                            "a checkpoint reads past its snapshot",
                            Checkpoint.class,
                            "memtableCursor(snapshot.sequence())",
                            "memtableCursor(Long.MAX_VALUE)")
                    .noticedBy("CheckpointTest"),
            StoreMutant.of(
                            "a checkpoint gives its view back before it ends",
                            Store.class,
                            "            Checkpoint.write(",
                            "            snapshot.close();\n            Checkpoint.write(")
                    .noticedBy("HeldReadTest"));

    private CheckpointMutants() {}
}
