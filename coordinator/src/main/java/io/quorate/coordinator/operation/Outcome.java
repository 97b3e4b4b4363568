package io.quorate.coordinator.operation;

import io.quorate.common.model.Key;
import io.quorate.common.model.Record;
import io.quorate.common.model.ScanEntry;
import io.quorate.common.model.Version;
import io.quorate.common.model.request.RequestResult;
import io.quorate.coordinator.operation.function.FunctionReport;
import java.util.List;
import java.util.Optional;

/** How an operation ended, by what its caller may conclude. A caller decides by {@link #match} and forgets no case. */
public sealed interface Outcome {
    Evidence evidence();

    <T> T match(Cases<T> cases);

    /** One method for each case. A new case does not compile until every caller has decided about it. */
    interface Cases<T> {
        T read(Read read);

        T applied(Applied applied);

        T conditionFailed(ConditionFailed failed);

        T requestStatus(RequestStatus status);

        T scanned(Scanned page);

        T surveyed(Surveyed survey);

        T refused(Refused refused);

        T unknown(Unknown unknown);
    }

    /**
     * For the caller of one kind of operation, which can end in few of these ways. The caller overrides those. Any
     * other outcome is a bug of the operation.
     */
    abstract class ExpectedCases<T> implements Cases<T> {
        @Override
        public T read(Read read) {
            throw unexpected(read);
        }

        @Override
        public T applied(Applied applied) {
            throw unexpected(applied);
        }

        @Override
        public T conditionFailed(ConditionFailed failed) {
            throw unexpected(failed);
        }

        @Override
        public T requestStatus(RequestStatus status) {
            throw unexpected(status);
        }

        @Override
        public T scanned(Scanned page) {
            throw unexpected(page);
        }

        @Override
        public T surveyed(Surveyed survey) {
            throw unexpected(survey);
        }

        @Override
        public T refused(Refused refused) {
            throw unexpected(refused);
        }

        @Override
        public T unknown(Unknown unknown) {
            throw unexpected(unknown);
        }

        private static AssertionError unexpected(Outcome outcome) {
            return new AssertionError("this operation cannot have this outcome: " + outcome);
        }
    }

    /** A read: this was the register's state at some instant between call and answer. */
    record Read(Record record, Evidence evidence) implements Outcome {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.read(this);
        }
    }

    /**
     * A write took effect and will not be lost.
     *
     * @param version the version it got
     * @param created whether the key had no value before, as far as the replicas asked had it
     * @param repeated the first answer, if an earlier attempt under the same idempotency key took the effect
     * @param function the value that a function made, if it is still known: a repeated answer may have lost it
     */
    record Applied(
            Version version,
            boolean created,
            Optional<RequestResult> repeated,
            Optional<FunctionReport> function,
            Evidence evidence)
            implements Outcome {
        public Applied(Version version, boolean created, Evidence evidence) {
            this(version, created, Optional.empty(), Optional.empty(), evidence);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.applied(this);
        }
    }

    /**
     * The precondition of a write did not hold at some instant between call and answer, or its function was refused on
     * the value of that instant. Nothing was applied.
     *
     * @param version the register's at that instant
     * @param repeated whether that was found by an earlier attempt under the same idempotency key, between its own call
     *     and this answer
     * @param function why the function was refused, if it was one. A repeated answer does not say
     */
    record ConditionFailed(Version version, boolean repeated, Optional<FunctionReport> function, Evidence evidence)
            implements Outcome {
        public ConditionFailed(Version version, Evidence evidence) {
            this(version, false, Optional.empty(), evidence);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.conditionFailed(this);
        }
    }

    /**
     * What a majority remembers of a request with an idempotency key.
     *
     * @param known whether it remembers anything
     * @param result the request's answer, if what is remembered proves it
     */
    record RequestStatus(boolean known, Optional<RequestResult> result, Evidence evidence) implements Outcome {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.requestStatus(this);
        }
    }

    /**
     * A page of a scan. Each register, and each absence between two of them, was true at some instant between call and
     * answer. Every key has its own instant.
     *
     * @param entries the values in the order of the scan, without expired ones and without tombstones
     * @param coveredTo the last key that the page covers, or empty if it goes to the end of the range
     */
    record Scanned(List<ScanEntry> entries, Optional<Key> coveredTo, Evidence evidence) implements Outcome {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.scanned(this);
        }
    }

    /** What each replica holds of one key by itself, nothing merged or repaired. */
    record Surveyed(List<ReplicaCopy> copies, Evidence evidence) implements Outcome {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.surveyed(this);
        }
    }

    /**
     * Nothing was applied, and nothing will be: the same request may be sent again. A write with an idempotency key
     * says so of this attempt only. An earlier attempt may have had its effect.
     */
    record Refused(RefusalReason reason, Evidence evidence) implements Outcome {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.refused(this);
        }
    }

    /**
     * A write was sent, and too few replicas acknowledged it in time. It happened, or will happen, or never will.
     *
     * @param overtaken whether the replicas that answer have only a newer write. Then this write happened before that
     *     one, or it never will. They cannot distinguish the two
     */
    record Unknown(boolean overtaken, Evidence evidence) implements Outcome {
        public Unknown(Evidence evidence) {
            this(false, evidence);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.unknown(this);
        }
    }

    /** Why nothing was applied. */
    enum RefusalReason {
        /** Fewer replicas than needed are reachable, or answered in time. */
        NO_QUORUM,
        /** This coordinator has too many operations in flight, or too many replicas have too many requests. */
        OVERLOADED,
        /** Requests hold as much memory as they may, here or at too many replicas. It usually ends at once. */
        NO_MEMORY,
        /** The value of the key never fits into the memory of this coordinator, or of too many replicas. */
        TOO_LARGE,
        /** Other conditional writes on the same key came in between, again and again. */
        CONTENTION,
        /** The disks of too many replicas are full. */
        DISK_FULL,
        /** The version of the write is not above the fence of the replicas: the clock here is far behind theirs. */
        FENCED,
        /** The idempotency key names another request already. */
        KEY_REUSED,
        /** A part of the operation threw an exception, which is a defect of Quorate. */
        DEFECT;

        /** Whether it is about one key or one client, and says nothing about the cluster. */
        public boolean isOfOneKey() {
            return switch (this) {
                case CONTENTION, KEY_REUSED, TOO_LARGE -> true;
                case NO_QUORUM, OVERLOADED, NO_MEMORY, DISK_FULL, FENCED, DEFECT -> false;
            };
        }
    }
}
