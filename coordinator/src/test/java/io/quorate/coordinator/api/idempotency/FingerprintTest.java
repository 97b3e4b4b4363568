package io.quorate.coordinator.api.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quorate.common.model.Content;
import io.quorate.common.model.Tombstone;
import io.quorate.common.model.Value;
import io.quorate.common.model.Version;
import io.quorate.coordinator.operation.consensus.Precondition;
import io.quorate.coordinator.operation.consensus.Precondition.Absent;
import io.quorate.coordinator.operation.consensus.Precondition.AnyOf;
import io.quorate.coordinator.operation.consensus.Precondition.Both;
import io.quorate.coordinator.operation.consensus.Precondition.NoneOf;
import io.quorate.coordinator.operation.consensus.Precondition.Present;
import io.quorate.coordinator.operation.function.Add;
import io.quorate.coordinator.operation.function.Add.AbsentNumber;
import io.quorate.coordinator.operation.function.Add.SumBounds;
import io.quorate.coordinator.operation.function.Append;
import io.quorate.coordinator.operation.function.PutIfAbsent;
import io.quorate.coordinator.operation.function.PutIfValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final Version V = new Version(1, 2, 3, 0);
    private static final Version W = new Version(1, 2, 4, 0);

    @Test
    void eachPartOfAWriteTellsItFromOthers() {
        Value value = Value.of("a");
        List<Long> fingerprints = Stream.concat(
                        Stream.of(
                                of(value, OptionalLong.empty(), Optional.empty()),
                                of(Value.of("b"), OptionalLong.empty(), Optional.empty()),
                                of(Value.of(""), OptionalLong.empty(), Optional.empty()),
                                of(
                                        Value.of(value.bytes(), "text/plain", Value.NEVER_EXPIRES),
                                        OptionalLong.empty(),
                                        Optional.empty()),
                                of(value, OptionalLong.of(1_000), Optional.empty()),
                                of(Tombstone.TOMBSTONE, OptionalLong.empty(), Optional.empty())),
                        conditions().map(condition -> of(value, OptionalLong.empty(), Optional.of(condition))))
                .toList();
        assertEquals(fingerprints.size(), Set.copyOf(fingerprints).size());
    }

    @Test
    void theInstantAtWhichAValueExpiresDiffersFromAttemptToAttemptAndDoesNotCount() {
        OptionalLong ttlMs = OptionalLong.of(1_000);
        assertEquals(
                of(Value.of(new byte[1], "text/plain", 5_000), ttlMs, Optional.empty()),
                of(Value.of(new byte[1], "text/plain", 6_000), ttlMs, Optional.empty()));
    }

    @Test
    void theOrderInWhichAConditionListsItsVersionsDoesNotCount() {
        Precondition oneWay = new AnyOf(new LinkedHashSet<>(List.of(V, W)));
        Precondition otherWay = new AnyOf(new LinkedHashSet<>(List.of(W, V)));
        assertEquals(
                of(Tombstone.TOMBSTONE, OptionalLong.empty(), Optional.of(oneWay)),
                of(Tombstone.TOMBSTONE, OptionalLong.empty(), Optional.of(otherWay)));
    }

    @Test
    void everyKindOfConditionIsAmongThese() {
        assertEquals(
                Set.of(Precondition.class.getPermittedSubclasses()),
                conditions().map(Object::getClass).collect(Collectors.toSet()));
    }

    private static Stream<Precondition> conditions() {
        return Stream.of(
                new Absent(),
                new Present(),
                new AnyOf(Set.of(V)),
                new AnyOf(Set.of(W)),
                new AnyOf(Set.of(V, W)),
                new NoneOf(Set.of(V)),
                new NoneOf(Set.of(V, W)),
                new Both(new Present(), new NoneOf(Set.of(V))),
                new Both(new AnyOf(Set.of(V)), new NoneOf(Set.of(W))));
    }

    private static long of(Content content, OptionalLong ttlMs, Optional<Precondition> condition) {
        return Fingerprint.of(content, ttlMs, condition, "");
    }

    @Test
    void eachPartOfAFunctionTellsItFromOthersAndFromPuts() {
        OptionalLong none = OptionalLong.empty();
        Value value = Value.of("a");
        List<Long> fingerprints = List.of(
                of(value, none, Optional.empty()),
                Fingerprint.of(add(1, 5, AbsentNumber.ZERO), none, ""),
                Fingerprint.of(add(2, 5, AbsentNumber.ZERO), none, ""),
                Fingerprint.of(add(1, 6, AbsentNumber.ZERO), none, ""),
                Fingerprint.of(add(1, 5, AbsentNumber.REFUSED), none, ""),
                Fingerprint.of(add(1, 5, AbsentNumber.ZERO), OptionalLong.of(1), ""),
                Fingerprint.of(new Append(value, 9), none, ""),
                Fingerprint.of(new PutIfAbsent(value), none, ""),
                Fingerprint.of(new PutIfValue(value, value), none, ""),
                Fingerprint.of(new PutIfValue(Value.of("b"), value), none, ""));
        assertEquals(fingerprints.size(), Set.copyOf(fingerprints).size());
    }

    private static Add add(long amount, long max, AbsentNumber absent) {
        return new Add(amount, new SumBounds(0, max), absent, Value.NEVER_EXPIRES);
    }
}
