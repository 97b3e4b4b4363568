package io.quorate.node.lsm.mutant;

import io.quorate.node.lsm.Store;
import io.quorate.node.lsm.maintenance.FilterLoading;
import io.quorate.node.lsm.recovery.Recovery;
import io.quorate.node.lsm.table.FilterBudget;
import io.quorate.node.lsm.table.SortedRun;
import io.quorate.node.lsm.table.Table;
import io.quorate.node.mutant.SourceChange;
import java.util.List;

/** Filters that rule out keys that are there, or take more memory than they may, and a start that misses tables. */
final class FilterMutants {
    private static final String PARTS = SourceChange.besides(FilterBudget.class, "FilterParts");
    private static final String FILTER = SourceChange.besides(FilterBudget.class, "TableFilter");
    private static final String OPENING = SourceChange.besides(Recovery.class, "TableOpening");

    static final List<StoreMutant> ALL = List.of(
            StoreMutant.of(
                            "a key is looked up in another part of the filter than its own",
                            PARTS,
                            "return Optional.of(handle(partWith(hash)));",
                            "return Optional.of(handle(0));")
                    .noticedBy("table.FilterPartsTest"),
            StoreMutant.of(
                            "a part of a filter is read as if all keys were in its first line",
                            PARTS,
                            "content.skip(lineOf(hash) % PART_LINES * ",
                            "content.skip(0 * ")
                    .noticedBy("table.FilterPartsTest"),
            StoreMutant.of(
                            "a part that is not in memory rules out its keys",
                            FILTER,
                            "return found.isEmpty() || mayContain(",
                            "return found.isPresent() && mayContain(")
                    .noticedBy("FullFiltersTest"),
            StoreMutant.of(
                            "a get in vain reads a part that the cache does not admit",
                            Table.class,
                            "&& cache.admits(identity.number(), part.get())) {",
                            "&& part.get().bytes() > 0) {")
                    .noticedBy("table.FilterPartsTest"),
            StoreMutant.of(
                            "a get in vain keeps no part",
                            Table.class,
                            "if (found.equals(Record.NEVER_WRITTEN)) {",
                            "if (found.equals(Record.NEVER_WRITTEN) && found.version().isAfter(Version.ZERO)) {")
                    .noticedBy("table.FilterPartsTest"),
            StoreMutant.of(
                            "a store closes while it reads a filter",
                            FilterLoading.class,
                            "            if (running) {\n                whenStopped = then;\n                return;\n            }\n",
                            "")
                    .noticedBy("maintenance.FilterLoadingTest"),
            StoreMutant.of(
                            "the filter of a closed table is read",
                            FilterLoading.class,
                            "if (table.tryAcquire()) {",
                            "{")
                    .noticedBy("maintenance.FilterLoadingTest"),
            StoreMutant.of(
                            "a filter that cannot be read keeps its room",
                            FILTER,
                            "            budget.giveBack(stored.memoryBytes());\n            throw e;",
                            "            throw e;")
                    .noticedBy("table.FilterBudgetTest"),
            StoreMutant.of(
                            "a filter that found no room counts again at each attempt",
                            FILTER,
                            "if (loaded.isPresent() || withoutRoom) {",
                            "if (loaded.isPresent()) {")
                    .noticedBy("table.FilterBudgetTest"),
            StoreMutant.of("a pass does not read filters", SortedRun.class, "table.checkFilter();", "table.hashCode();")
                    .noticedBy("FilterRotTest"),
            StoreMutant.of("the filters that a start found stay on disk", Store.class, "        filters.begin();\n", "")
                    .noticedBy("FullFiltersTest"),
            StoreMutant.of(
                            "a start reads the filters of the bottom level first",
                            FilterLoading.class,
                            "Comparator.comparing(PlacedTable::level)",
                            "Comparator.comparing(PlacedTable::level).reversed()")
                    .noticedBy("maintenance.FilterLoadingTest"),
            StoreMutant.of(
                            "a start does not wait for the tables that other threads open",
                            OPENING,
                            "        atWork.arriveAndAwaitAdvance();\n",
                            "")
                    .noticedBy("recovery.TableOpeningTest"),
            StoreMutant.of(
                            "a start takes a failure of another thread for a success",
                            OPENING,
                            "        rethrow(failure.get());\n",
                            "")
                    .noticedBy("recovery.TableOpeningTest"));

    private FilterMutants() {}
}
