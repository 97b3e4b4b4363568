package io.quorate.coordinator.api.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.wire.StoreStatus;

/** What a node's store says of itself: the member {@code store} of a node. */
final class StoreJson {
    private StoreJson() {}

    static void put(ObjectNode body, StoreStatus store) {
        body.put("diskSpace", store.diskSpace().label());
        body.put("memtableBytes", store.memtableBytes());
        body.put("frozenMemtables", store.frozenMemtables());
        body.put("tableCount", store.tableCount());
        body.put("tableBytes", store.tableBytes());
        body.put("queuedBytes", store.queuedBytes());
        body.put("writes", store.writes());
        body.put("logForces", store.logForces());
        body.put("logBytes", store.logBytes());
        body.put("flushedBytes", store.flushedBytes());
        body.put("compactedBytes", store.compactedBytes());
        body.put("userBytes", store.userBytes());
        body.put("writeAmplification", store.writeAmplification());
        body.put("stalls", store.stalls());
        body.put("delays", store.delays());
        body.put("delayedMs", store.delayedMs());
        body.put("gets", store.gets());
        body.put("readAmplification", store.readAmplification());
        body.put("openScans", store.openScans());
        body.put("oldestScanWrites", store.oldestScanWrites());
        body.put("merges", store.merges());
        body.put("trivialMoves", store.trivialMoves());
        body.put("runningMerges", store.runningMerges());
        body.put("debtBytes", store.debtBytes());
        ArrayNode levels = body.putArray("levels");
        store.levels().forEach(level -> levels.addObject()
                .put("tableCount", level.tableCount())
                .put("tableBytes", level.tableBytes())
                .put("writtenBytes", level.writtenBytes()));
    }
}
