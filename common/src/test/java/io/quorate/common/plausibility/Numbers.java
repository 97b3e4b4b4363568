package io.quorate.common.plausibility;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;

/** Finds and replaces the numbers of 64 bits in a record, and in the records, lists and options inside it. */
final class Numbers {
    private Numbers() {}

    /** A number with the names of the components that lead to it, such as {@code record.version.step}. */
    record Place(String path, long value) {
        String name() {
            return path.substring(path.lastIndexOf('.') + 1);
        }
    }

    static List<Place> of(Object record) {
        List<Place> places = new ArrayList<>();
        replaced(record, "", place -> {
            places.add(place);
            return place.value();
        });
        return places;
    }

    /** A copy in which the numbers are those that {@code change} says. */
    @SuppressWarnings("unchecked")
    static <T> T replaced(T record, String path, ToLongFunction<Place> change) {
        return (T) replacedObject(record, path, change);
    }

    private static Object replacedObject(Object object, String path, ToLongFunction<Place> change) {
        if (object instanceof Long number) {
            return change.applyAsLong(new Place(path, number));
        }
        if (object instanceof OptionalLong number) {
            return number.isEmpty() ? number : OptionalLong.of(change.applyAsLong(new Place(path, number.getAsLong())));
        }
        if (object instanceof Optional<?> inner) {
            return inner.map(each -> replacedObject(each, path, change));
        }
        if (object instanceof List<?> list) {
            return list.stream().map(each -> replacedObject(each, path, change)).toList();
        }
        return object instanceof Record ? replacedRecord(object, path, change) : object;
    }

    private static Object replacedRecord(Object record, String path, ToLongFunction<Place> change) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> replacedObject(
                        read(component, record),
                        path.isEmpty() ? component.getName() : path + "." + component.getName(),
                        change))
                .toArray();
        try {
            Constructor<?> constructor = record.getClass()
                    .getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object read(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new AssertionError(e);
        }
    }
}
