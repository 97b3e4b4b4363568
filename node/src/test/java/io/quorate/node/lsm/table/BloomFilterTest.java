package io.quorate.node.lsm.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.quorate.common.codec.BytesReader;
import io.quorate.common.codec.BytesWriter;
import io.quorate.common.codec.MalformedException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BloomFilterTest {
    private static final int BITS_PER_KEY = 10;

    private static long hash(int i) {
        return BloomFilter.hash(("user/" + i).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, 1_000, 200_000})
    void everyKeyPassesAndAboutOneInAHundredOthers(int count) {
        KeyHashes hashes = new KeyHashes();
        for (int i = 0; i < count; i++) {
            hashes.add(hash(i));
        }
        assertEquals(count, hashes.count());
        BloomFilter filter = BloomFilter.of(hashes, BITS_PER_KEY);
        for (int i = 0; i < count; i++) {
            if (!filter.mayContain(hash(i))) {
                fail("a key that is there does not pass");
            }
        }
        int absent = 100_000;
        int passed = 0;
        for (int i = 0; i < absent; i++) {
            passed += filter.mayContain(hash(-1 - i)) ? 1 : 0;
        }
        assertTrue(passed < absent * 0.0125, passed + " of " + absent + " absent keys passed");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 7, 9, 1 << 28})
    void aFilterOfAnImpossibleSizeIsRefused(int words) {
        BytesWriter out = new BytesWriter(128);
        out.writeInt(6);
        out.writeInt(words);
        out.writeBytes(new byte[64]);
        assertThrows(MalformedException.class, () -> WholeFilter.parse(new BytesReader(out.toByteArray())));
    }
}
