package io.quorate.coordinator.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.text.ConstantText;
import io.quorate.coordinator.operation.Outcome;

/** The fields of an ended request that only some outcomes have. */
final class OutcomeFields implements Outcome.Cases<ObjectNode> {
    private final ObjectNode json;

    OutcomeFields(ObjectNode json) {
        this.json = json;
    }

    @Override
    public ObjectNode read(Outcome.Read read) {
        return json.put("found", !read.record().isTombstone());
    }

    @Override
    public ObjectNode refused(Outcome.Refused refused) {
        return json.put("reason", ConstantText.spaced(refused.reason()));
    }

    @Override
    public ObjectNode applied(Outcome.Applied applied) {
        return json;
    }

    @Override
    public ObjectNode conditionFailed(Outcome.ConditionFailed failed) {
        return json;
    }

    @Override
    public ObjectNode requestStatus(Outcome.RequestStatus status) {
        return json;
    }

    @Override
    public ObjectNode scanned(Outcome.Scanned page) {
        return json;
    }

    @Override
    public ObjectNode surveyed(Outcome.Surveyed survey) {
        return json;
    }

    @Override
    public ObjectNode unknown(Outcome.Unknown unknown) {
        return json;
    }
}
