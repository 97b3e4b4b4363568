package io.quorate.common.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
    @Test
    void everyMessageHasOneFormat() {
        List<Class<?>> messages = messages(Message.class);
        messages.sort(Comparator.comparing(Class::getName));
        List<? extends Class<?>> withAFormat = MessageCodec.FORMATS.stream()
                .map(MessageFormat::type)
                .sorted(Comparator.comparing(Class::getName))
                .toList();
        assertEquals(messages, withAFormat);
    }

    /** The table is beside its drawing, which goes by code. */
    @Test
    void theCodesAreInTheOrderOfTheTable() {
        List<Integer> codes =
                MessageCodec.FORMATS.stream().map(MessageFormat::code).toList();
        assertEquals(codes.stream().sorted().distinct().toList(), codes);
    }

    private static List<Class<?>> messages(Class<?> type) {
        List<Class<?>> found = new ArrayList<>();
        if (!type.isSealed()) {
            found.add(type);
            return found;
        }
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            found.addAll(messages(permitted));
        }
        return found;
    }
}
