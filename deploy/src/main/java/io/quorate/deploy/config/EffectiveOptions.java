package io.quorate.deploy.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The options of a process. None of them is a secret, since keys and tokens are in files of their own.
 *
 * @param values of all options by name, as they are in effect: from the file, from the environment, the default, or
 *     derived from the machine
 * @param derived the names of the options that are 0, for a value that this process derives from its machine
 */
public record EffectiveOptions(ObjectNode values, List<String> derived) {
    public EffectiveOptions {
        derived = List.copyOf(derived);
    }

    public static EffectiveOptions of(NodeConfiguration node) {
        return of(
                node,
                Stream.concat(
                        derivable(node.coordinator()),
                        Stream.of(new Derivable("blockCacheMib", mib(node.blockCacheBytes())))));
    }

    public static EffectiveOptions of(CoordinatorConfiguration coordinator) {
        return of(coordinator, derivable(coordinator));
    }

    /** An option that may be 0, and the value in effect. */
    private record Derivable(String name, long value) {}

    private static Stream<Derivable> derivable(CoordinatorConfiguration coordinator) {
        ServingOptions serving = coordinator.serving();
        return Stream.of(
                new Derivable("eventLoops", serving.loops().count()),
                new Derivable("connectionsMax", serving.connections()),
                new Derivable("connectionsPerAddressMax", serving.connectionsPerAddress()),
                new Derivable("requestMemoryMib", mib(coordinator.requests().memoryBytes())));
    }

    private static long mib(long bytes) {
        return bytes >> 20;
    }

    private static EffectiveOptions of(Record configuration, Stream<Derivable> derivable) {
        ObjectNode values = fields(configuration);
        List<Derivable> derived = derivable
                .filter(option -> values.get(option.name()).asInt() == 0)
                .toList();
        derived.forEach(option -> values.put(option.name(), option.value()));
        return new EffectiveOptions(
                values, derived.stream().map(Derivable::name).toList());
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
