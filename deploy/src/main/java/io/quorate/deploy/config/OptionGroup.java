package io.quorate.deploy.config;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Options that belong together. The group itself is not seen in a configuration file: its components stand there beside
 * the other options.
 */
interface OptionGroup {
    /** The options of a record in their order, with those of the groups in it. */
    static Stream<RecordComponent> options(Class<?> record) {
        return Arrays.stream(record.getRecordComponents())
                .flatMap(each ->
                        OptionGroup.class.isAssignableFrom(each.getType()) ? options(each.getType()) : Stream.of(each));
    }
}
