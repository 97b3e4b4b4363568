package io.quorate.node.lsm.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.node.lsm.Overlap;
import io.quorate.node.lsm.memtable.ChunkPool;
import io.quorate.node.lsm.memtable.Memtable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the view is replaced: by several threads, one at a time. */
@Timeout(20)
class LiveViewTest {
    private final ChunkPool pool = ChunkPool.of(4 << 10, 4);
    private final LiveView live = new LiveView(view(1));

    private Memtable memtable(long number) {
        return new Memtable(number, pool);
    }

    private View view(long number) {
        Memtable memtable = memtable(number);
        View view = new View(memtable, List.of(), new TableTree(List.of()));
        memtable.release();
        return view;
    }

    private void rotate(long number) throws IOException {
        Memtable next = memtable(number);
        live.update(view -> view.rotate(next));
        next.release();
    }

    private List<Long> numbers() {
        return live.current().memtables().stream().map(Memtable::logNumber).toList();
    }

    @Test
    void ofTwoChangesAtOnceNoneIsLost() throws Exception {
        Overlap overlap = new Overlap(() -> rotate(3));
        Memtable next = memtable(2);
        overlap.run(() -> live.update(view -> {
            overlap.hold();
            return view.rotate(next);
        }));
        assertEquals(List.of(1L, 2L, 3L), numbers());
    }

    @Test
    void aCloseWaitsForTheChangeAndNobodyReadsAfterIt() throws Exception {
        Overlap overlap = new Overlap(live::close);
        Memtable next = memtable(2);
        overlap.run(() -> live.update(view -> {
            overlap.hold();
            return view.rotate(next);
        }));
        assertEquals(Optional.empty(), live.acquire());
        assertEquals(Optional.empty(), live.snapshot());
    }

    @Test
    void aViewThatWasReplacedLastsAsLongAsItsReader() throws IOException {
        View held = live.acquire().orElseThrow();
        rotate(2);
        assertTrue(held.tryAcquire());
        held.close();
        held.close();
        assertTrue(!held.tryAcquire(), "the last reader has gone");
    }

    @Test
    void aSnapshotHasTheViewAndTheSequenceOfItsMoment() throws IOException {
        live.publish(7);
        LiveView.Snapshot snapshot = live.snapshot().orElseThrow();
        View held = snapshot.view();
        live.publish(8);
        rotate(2);
        assertEquals(7, snapshot.sequence());
        assertSame(held, snapshot.view());
        assertTrue(held.tryAcquire());
        held.close();
        snapshot.close();
        assertEquals(8, live.snapshot().orElseThrow().sequence());
    }
}
