package io.quorate.coordinator.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.quorate.common.loop.ClientLoad;
import io.quorate.common.loop.RequestClass;
import io.quorate.common.loop.ShedReason;
import io.quorate.coordinator.api.http.Json;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongToDoubleFunction;

/**
 * How many requests a process refused before they began, by their class and the reason. They are no operations, so
 * {@link OperationRates} does not see them. For one thread at a time.
 */
final class ShedRates {
    private final ClientLoad load;
    private final Map<ShedReason, Map<RequestClass, Long>> before = new EnumMap<>(ShedReason.class);

    ShedRates(ClientLoad load) {
        this.load = load;
        for (ShedReason why : ShedReason.values()) {
            before.put(why, new EnumMap<>(RequestClass.class));
        }
    }

    /** Those since the last call, as rates. A class and a reason without any has no line. */
    ArrayNode sinceLast(LongToDoubleFunction perSecond) {
        ArrayNode lines = Json.object().putArray("shed");
        for (ShedReason why : ShedReason.values()) {
            for (RequestClass of : RequestClass.values()) {
                long now = load.refusedEver(why, of);
                Long last = before.get(why).put(of, now);
                long refused = now - (last == null ? 0 : last);
                if (refused > 0) {
                    lines.addObject()
                            .put("class", of.label())
                            .put("reason", why.label())
                            .put("perS", perSecond.applyAsDouble(refused));
                }
            }
        }
        return lines;
    }
}
