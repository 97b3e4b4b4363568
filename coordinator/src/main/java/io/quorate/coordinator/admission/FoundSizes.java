package io.quorate.coordinator.admission;

import io.quorate.common.loop.Asker;
import io.quorate.common.model.Content;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.Outcome;
import io.quorate.coordinator.operation.function.ContentChange;
import io.quorate.coordinator.operation.scan.PageQuery;
import java.util.function.Consumer;

/**
 * Notes how large the values are that an address finds, so that {@link Places} may know it of the next ones. Each
 * method puts that before a listener.
 */
public final class FoundSizes {
    private FoundSizes() {}

    public static Consumer<Outcome> ofRead(Asker asker, Consumer<Outcome> listener) {
        return outcome -> {
            if (outcome instanceof Outcome.Read read) {
                asker.valueSizes().found(bytes(read.record().content()));
            }
            listener.accept(outcome);
        };
    }

    /** Only of changes that are as large as the value that they meet. */
    public static Consumer<Outcome> ofChange(ContentChange change, Asker asker, Consumer<Outcome> listener) {
        if (!change.keepsValue()) {
            return listener;
        }
        return outcome -> {
            if (outcome instanceof Outcome.Applied applied) {
                applied.function().flatMap(report -> report.verdict().made()).ifPresent(made -> asker.valueSizes()
                        .found(bytes(made)));
            }
            listener.accept(outcome);
        };
    }

    public static Consumer<Outcome> ofPage(PageQuery query, Asker asker, Consumer<Outcome> listener) {
        return outcome -> {
            if (query.withValues() && outcome instanceof Outcome.Scanned page) {
                asker.pageSizes()
                        .found(page.entries().stream()
                                .mapToInt(FoundSizes::bytes)
                                .sum());
            }
            listener.accept(outcome);
        };
    }

    private static int bytes(Content content) {
        return content instanceof Value value ? value.bytes().length : 0;
    }

    private static int bytes(ScanEntry entry) {
        return entry.value().map(value -> value.bytes().length).orElse(0);
    }
}
