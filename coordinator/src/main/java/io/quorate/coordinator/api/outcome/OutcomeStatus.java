package io.quorate.coordinator.api.outcome;

import io.quorate.common.model.request.RequestResult;
import io.quorate.coordinator.operation.Outcome;

/** The one place where an outcome becomes a status of HTTP. */
public final class OutcomeStatus implements Outcome.Cases<Integer> {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;
    private static final int CONTENTION = 409;
    private static final int CONDITION_FAILED = 412;
    private static final int KEY_REUSED = 422;
    private static final int OVERLOADED = 429;
    private static final int DEFECT = 500;
    private static final int NO_QUORUM = 503;
    private static final int UNKNOWN = 504;
    private static final int DISK_FULL = 507;
    /** No 413, which is about the body of a request. RFC 4918 wants nobody to repeat a 507 by itself. */
    private static final int TOO_LARGE = 507;

    private static final OutcomeStatus OF_DELETE = new OutcomeStatus(true);
    private static final OutcomeStatus OF_OTHERS = new OutcomeStatus(false);

    private final boolean isDelete;

    private OutcomeStatus(boolean isDelete) {
        this.isDelete = isDelete;
    }

    /** Of any request but a delete. */
    public static int of(Outcome outcome) {
        return outcome.match(OF_OTHERS);
    }

    public static int ofDelete(Outcome outcome) {
        return outcome.match(OF_DELETE);
    }

    /** @param showsPast whether the caller may learn if there was a value before. Otherwise all puts look the same */
    public static int ofPut(Outcome.Applied applied, boolean showsPast) {
        return showsPast ? of(applied) : OK;
    }

    /** The status that each attempt of a request with an idempotency key is answered with. */
    public static int of(RequestResult result) {
        return switch (result.type()) {
            case PUT -> ofPut(result.receipt().created());
            case DELETED -> NO_CONTENT;
            case REFUSED -> CONDITION_FAILED;
        };
    }

    private static int ofPut(boolean created) {
        return created ? CREATED : OK;
    }

    @Override
    public Integer read(Outcome.Read read) {
        return read.record().isTombstone() ? NOT_FOUND : OK;
    }

    @Override
    public Integer applied(Outcome.Applied applied) {
        return isDelete ? NO_CONTENT : ofPut(applied.created());
    }

    @Override
    public Integer conditionFailed(Outcome.ConditionFailed failed) {
        return CONDITION_FAILED;
    }

    @Override
    public Integer requestStatus(Outcome.RequestStatus status) {
        return status.known() ? OK : NOT_FOUND;
    }

    @Override
    public Integer scanned(Outcome.Scanned page) {
        return OK;
    }

    @Override
    public Integer surveyed(Outcome.Surveyed survey) {
        return OK;
    }

    @Override
    public Integer refused(Outcome.Refused refused) {
        return switch (refused.reason()) {
            case NO_QUORUM -> NO_QUORUM;
            case OVERLOADED, NO_MEMORY -> OVERLOADED;
            case CONTENTION -> CONTENTION;
            case DISK_FULL -> DISK_FULL;
            case TOO_LARGE -> TOO_LARGE;
            case FENCED -> NO_QUORUM;
            case KEY_REUSED -> KEY_REUSED;
            case DEFECT -> DEFECT;
        };
    }

    @Override
    public Integer unknown(Outcome.Unknown unknown) {
        return UNKNOWN;
    }
}
