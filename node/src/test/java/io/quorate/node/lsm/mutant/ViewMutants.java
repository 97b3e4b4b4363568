package io.quorate.node.lsm.mutant;

import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.lifetime.References;
import io.quorate.node.lsm.view.LiveView;
import io.quorate.node.lsm.view.RecordIterator;
import java.util.List;

/** Readers that do not keep what they read. */
final class ViewMutants {
    static final List<StoreMutant> ALL = List.of(
            StoreMutant.of(
                            "a get holds no reference to its view",
                            Store.class,
                            "        try (View view = live.acquire().orElseThrow(health::closed)) {\n"
                                    + "            return view.get(",
                            "        View view = live.current();\n        try {\n            return view.get(")
                    .noticedBy("HeldReadTest"),
            StoreMutant.of(
                            "a scan gives its view back before it ends",
                            RecordIterator.class,
                            "        openScans.opened(snapshot.sequence());\n",
                            "        openScans.opened(snapshot.sequence());\n        try { snapshot.close(); } catch (IOException e) { throw new IllegalStateException(e); }\n")
                    .noticedBy("HeldReadTest"),
            StoreMutant.of(
                            "a snapshot has the sequence of an earlier moment",
                            LiveView.class,
                            "return Optional.of(new Snapshot(acquired.get(), sequence));",
                            "return Optional.of(new Snapshot(acquired.get(), sequence - 1));")
                    .noticedBy("view.LiveViewTest"),
            StoreMutant.of(
                            "a reader takes a view whose last reader has gone",
                            References.class,
                            "        while (seen > 0) {",
                            "        while (seen >= 0) {")
                    .noticedBy("view.LiveViewTest"));

    private ViewMutants() {}
}
