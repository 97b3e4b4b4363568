package io.quorate.coordinator.api.origin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
    private final HostNames names = new HostNames(List.of("n2.example", "Whole.Example.", "10.0.0.1", "*.pods.svc"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n2.example",
                "n2.example:7002",
                "n2.example:",
                "N2.EXAMPLE:1",
                "n2.example.",
                "n2.example.:7001",
                "whole.example",
                "localhost",
                "LocalHost:9999",
                "localhost.:80",
                "127.0.0.1",
                "10.9.8.7:7001",
                "[::1]",
                "[::1]:7001",
                "[2001:DB8::7]:7001",
                "[::ffff:10.0.0.1]",
                "quorate-0.pods.svc:7001",
                "Quorate-0.Pods.Svc.",
            })
    void anAddressAndAConfiguredNameAreAllowedWithAnyPort(String host) {
        assertTrue(names.allow(host));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                ":7001",
                "evil.example",
                "evil.example:7001",
                "n2.example.evil",
                "xn2.example",
                "sub.n2.example",
                "n2.example..",
                "localhost.evil.example",
                "evil.localhost",
                "127.0.0.1.evil.example",
                "127.0.0.1.nip.io",
                "1",
                "2130706433",
                "127.1",
                "0x7f.0.0.1",
                "300.0.0.1",
                "[",
                "[]",
                "[::1",
                "[::1]evil.example",
                "[evil.example]",
                "[::1].evil.example:7001",
                "pods.svc",
                "a.quorate-0.pods.svc",
                ".pods.svc",
                "*.pods.svc.evil",
            })
    void anyOtherNameIsNot(String host) {
        assertFalse(names.allow(host));
    }
}
