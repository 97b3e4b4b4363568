package io.quorate.node.lsm.table;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexBuilderTest {
    @ParameterizedTest
    @CsvSource({
        "apple, banana, b",
        "apple, apricot, apr",
        "user0001, user0002, user0001",
        "user0001, user0010, user001",
        "app, apple, app",
        "a, b, a",
        "az, b, az",
        "azzz, bb, b",
    })
    void aSeparatorIsTheShorterOfTheKeyAndABeginningOfTheNext(String last, String next, String separator) {
        byte[] found = IndexBuilder.separator(last.getBytes(ISO_8859_1), next.getBytes(ISO_8859_1));
        assertEquals(separator, new String(found, ISO_8859_1));
    }
}
