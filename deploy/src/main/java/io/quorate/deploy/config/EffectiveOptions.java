package io.quorate.deploy.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

/**
 * The options of a process by name, with their values in effect: from the file, from the environment, or the default.
 * None of them is a secret, since keys and tokens are in files of their own.
 */
public final class EffectiveOptions {
    private EffectiveOptions() {}

    public static ObjectNode of(NodeConfiguration node) {
        return fields(node);
    }

    public static ObjectNode of(CoordinatorConfiguration coordinator) {
        return fields(coordinator);
    }

    private static ObjectNode fields(Record group) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (RecordComponent component : group.getClass().getRecordComponents()) {
            Object value = valueOf(component, group);
            if (value instanceof OptionGroup && value instanceof Record inner) {
                fields.setAll(fields(inner));
            } else {
                put(fields, component.getName(), value);
            }
        }
        return fields;
    }

    private static Object valueOf(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("cannot read the option " + component.getName(), e);
        }
    }

    private static void put(ObjectNode fields, String name, Object value) {
        if (value instanceof Integer number) {
            fields.put(name, number);
        } else if (value instanceof Boolean flag) {
            fields.put(name, flag);
        } else if (value instanceof Optional<?> given) {
            fields.put(name, given.map(Object::toString).orElse(null));
        } else if (value instanceof List<?> items) {
            ArrayNode array = fields.putArray(name);
            for (Object item : items) {
                if (item instanceof Member member) {
                    array.add(entry(member));
                } else {
                    array.add(item.toString());
                }
            }
        } else {
            fields.put(name, value.toString());
        }
    }

    /** As in the file. */
    private static ObjectNode entry(Member member) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("id", member.id().name()).put("host", member.host()).put("port", member.port());
        member.http().ifPresent(address -> entry.put("httpHost", address.host()).put("httpPort", address.port()));
        return entry;
    }
}
