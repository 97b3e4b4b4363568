package io.quorate.node.lsm.mutant;

import io.quorate.node.mutant.PatchedClasses;
import io.quorate.node.mutant.SourceChange;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A way to break the store.
 *
 * @param test the test class that must fail then, from its package below {@code io.quorate.node.lsm} on
 */
record StoreMutant(String name, SourceChange change, String test) {
    static StoreMutant of(String name, Class<?> source, String text, String replacement) {
        return of(name, source.getName(), text, replacement);
    }

    static StoreMutant of(String name, String source, String text, String replacement) {
        return new StoreMutant(name, new SourceChange(source, text, replacement), "");
    }

    StoreMutant noticedBy(String testClass) {
        return new StoreMutant(name, change, testClass);
    }

    PatchedClasses plant(Path root, Path directory) throws IOException {
        return change.plant(root, directory);
    }

    @Override
    public String toString() {
        return name;
    }
}
