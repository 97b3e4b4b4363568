package io.quorate.coordinator.api.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.common.statistics.FileFigures;
import io.quorate.common.statistics.LevelFigure;
import io.quorate.common.statistics.StoreFigure;
import io.quorate.common.statistics.StoreFigures;
import io.quorate.common.statistics.StoreFigures.LevelFigures;
import io.quorate.common.wire.StoreStatus;

/** What a node's store says of itself: the member {@code store} of a node. */
final class StoreJson {
    private StoreJson() {}

    static void put(ObjectNode body, StoreStatus store) {
        StoreFigures figures = store.figures();
        body.put("diskSpace", store.diskSpace().label());
        for (StoreFigure each : StoreFigure.BY_CODE) {
            if (each != StoreFigure.TABLES_READ) { // shown as the read amplification
                body.put(each.figure().name(), each.figure().of(figures));
            }
        }
        store.files().ifPresent(files -> put(body.putObject("files"), files));
        body.put("writeAmplification", figures.writeAmplification());
        body.put("readAmplification", figures.readAmplification());
        ArrayNode levels = body.putArray("levels");
        figures.tables().levels().forEach(level -> put(levels.addObject(), level));
    }

    private static void put(ObjectNode body, FileFigures files) {
        body.put("bytes", files.bytes());
        body.put("tableBytes", files.tables());
        body.put("logBytes", files.log());
        body.put("ballastBytes", files.ballast());
        body.put("otherBytes", files.other());
    }

    private static void put(ObjectNode body, LevelFigures level) {
        LevelFigure.BY_CODE.forEach(
                each -> body.put(each.figure().name(), each.figure().of(level)));
    }
}
