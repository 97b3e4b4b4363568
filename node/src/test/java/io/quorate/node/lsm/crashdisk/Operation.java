package io.quorate.node.lsm.crashdisk;

import java.util.function.Predicate;

/**
 * Something that changes the disk, and may be chosen for a crash, a failure or an omission. Reads change nothing and
 * cannot be.
 *
 * @param index how many such operations there were before it in this life of the process
 * @param name the file. For a force of the directory, the name that was given or taken last
 * @param nth for a force of a file: how many it has had since it got its name
 */
public record Operation(long index, Kind kind, String name, int nth) {
    public enum Kind {
        CREATE_DIRECTORY,
        FORCE_PARENTS,
        CREATE,
        WRITE,
        FORCE,
        RENAME,
        DELETE,
        FORCE_DIRECTORY
    }

    public static Predicate<Operation> none() {
        return operation -> false;
    }

    public static Predicate<Operation> at(long index) {
        return operation -> operation.index == index;
    }

    /** Operations of one kind on files whose names begin so. */
    public static Predicate<Operation> of(Kind kind, String prefix) {
        return operation -> operation.kind == kind && operation.name.startsWith(prefix);
    }

    @Override
    public String toString() {
        return index + " " + kind + " " + name + (kind == Kind.FORCE ? " (its " + (nth + 1) + ".)" : "");
    }
}
