package io.quorate.coordinator.operation.bundle;

import io.quorate.common.model.Content;
import io.quorate.common.model.Value;
import io.quorate.coordinator.operation.function.FunctionReport;
import io.quorate.coordinator.operation.function.FunctionVerdict;
import io.quorate.coordinator.operation.function.RegisterFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * Functions applied one after the other, from the content of one register on. Each meets what those before it made. It
 * is pure.
 *
 * <p>Its size is bounded: a long bundle would occupy the event loop, and an append copies the value each time.
 */
final class Bundle {
    static final int FUNCTIONS_MAX = 256;
    static final long COPIED_BYTES_MAX = 4 << 20;

    private final List<AppliedFunction> steps = new ArrayList<>();
    private Content content;
    private int changes;
    private long copiedBytes;

    private record AppliedFunction(Content met, FunctionVerdict verdict, int changesBefore) {}

    /** @param content of the register that the first function meets */
    Bundle(Content content) {
        this.content = content;
    }

    boolean hasRoom() {
        return steps.size() < FUNCTIONS_MAX && copiedBytes < COPIED_BYTES_MAX;
    }

    /** How many bytes the values have that its functions made. */
    long madeBytes() {
        return copiedBytes;
    }

    /** Applies one more function to what the functions before it left. */
    void add(RegisterFunction function) {
        FunctionVerdict verdict = function.on(content);
        steps.add(new AppliedFunction(content, verdict, changes));
        verdict.made().ifPresent(this::change);
    }

    private void change(Content made) {
        content = made;
        changes++;
        copiedBytes += made instanceof Value value ? value.bytes().length : 0;
    }

    /** Whether the functions left another record than they met. Otherwise all of them were refused. */
    boolean hasChanged() {
        return changes > 0;
    }

    /** What the last function left. */
    Content content() {
        return content;
    }

    /** Whether the function at this place met no value. */
    boolean metNone(int place) {
        return steps.get(place).met.isTombstone();
    }

    /**
     * How the function at this place ended. A change leaves the register if no later function changed it. A refusal
     * before the first change met the register that the bundle began with, and one behind the last change the register
     * that the bundle left.
     */
    FunctionReport report(int place) {
        AppliedFunction step = steps.get(place);
        int changesBehind = step.changesBefore + (step.verdict.made().isPresent() ? 1 : 0);
        boolean isRegister = changesBehind == changes || changesBehind == 0;
        return new FunctionReport(step.verdict, step.changesBefore, isRegister);
    }
}
