package io.quorate.coordinator.api.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.coordinator.console.SettableClock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class FailedLoginsTest {
    private static final int AT_ONCE = 10;

    private final SettableClock clock = new SettableClock();
    private final FailedLogins failed = new FailedLogins(clock);

    private void fail(String address, int times) {
        for (int i = 0; i < times; i++) {
            failed.add(address);
        }
    }

    private void pass(long seconds) {
        clock.pass(TimeUnit.SECONDS.toMillis(seconds));
    }

    @Test
    void tenFailuresAreFreeAndThenOneEverySixSeconds() {
        fail("10.0.0.1", AT_ONCE - 1);
        assertEquals(0, failed.waitS("10.0.0.1"));
        fail("10.0.0.1", 1);
        assertEquals(6, failed.waitS("10.0.0.1"));
        pass(6);
        assertEquals(0, failed.waitS("10.0.0.1"));
        fail("10.0.0.1", 1);
        assertTrue(failed.waitS("10.0.0.1") > 0);
        pass(60);
        fail("10.0.0.1", AT_ONCE - 1);
        assertEquals(0, failed.waitS("10.0.0.1"), "all is forgotten");
    }

    @Test
    void noAddressPaysForAnother() {
        fail("10.0.0.1", AT_ONCE);
        assertEquals(0, failed.waitS("10.0.0.2"));
    }

    @Test
    void allAddressesOfAnIpv6NetworkAreOne() {
        fail("2001:db8:0:1:0:0:0:1", AT_ONCE);
        assertTrue(failed.waitS("2001:db8:0:1:9:9:9:9") > 0);
        assertEquals(0, failed.waitS("2001:db8:0:2:0:0:0:1"));
    }

    @Test
    void aFloodOfAddressesTakesNoMoreThanItsRoom() {
        fail("10.9.9.9", AT_ONCE);
        for (int i = 0; i < 10_000; i++) {
            failed.add("10.0." + i / 256 + "." + i % 256);
        }
        assertEquals(4_096, failed.addresses());
        assertEquals(0, failed.waitS("10.9.9.9"), "the oldest was forgotten");
    }
}
