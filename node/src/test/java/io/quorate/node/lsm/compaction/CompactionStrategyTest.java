package io.quorate.node.lsm.compaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quorate.common.model.Key;
import io.quorate.common.model.KeyRange;
import io.quorate.node.lsm.compaction.CompactionOptions.DebtLimits;
import io.quorate.node.lsm.compaction.CompactionOptions.LevelSizes;
import io.quorate.node.lsm.compaction.CompactionOptions.MergeWork;
import io.quorate.node.lsm.compaction.CompactionOptions.TierLimits;
import io.quorate.node.lsm.compaction.CompactionPlan.MergeReason;
import io.quorate.node.lsm.table.TableFile;
import io.quorate.node.lsm.table.TableProperties.EntryCounts;
import io.quorate.node.lsm.table.TableProperties.ExpirySpan;
import io.quorate.node.lsm.table.TableProperties.KeySpan;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tables, and what is done with them. A table is written {@code number@level first-last bytes}, with {@code tN} after
 * it if N of its 100 entries are tombstones, {@code fN} if N are forgotten, {@code eN} if N have expired, {@code *} if
 * a merge has it. It was written {@code hN} hours ago.
 */
class CompactionStrategyTest {
    private static final long HOUR_MS = 3_600_000;
    private static final long NOW_MS = 1_000 * HOUR_MS;
    private static final CompactionOptions OPTIONS = new CompactionOptions(
            100,
            new TierLimits(4, 8, 10, 20),
            new LevelSizes(200, 10),
            new MergeWork(2, 2, 100, 1_000),
            new DebtLimits(10_000, 20_000, 1_000),
            1_000);

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("nothing", "nothing", ""),
                Arguments.of("few tables wait", "nothing", "1@0 a-z 90, 2@0 a-z 90, 3@0 a-z 90"),
                Arguments.of(
                        "four that overlap go down together",
                        "TIER_IS_DUE 1 2 3 4 to 6",
                        "1@0 a-z 90, 2@0 a-z 90, 3@0 a-z 90, 4@0 a-z 90"),
                Arguments.of(
                        "and take along what they overlap there",
                        "TIER_IS_DUE 1 2 3 4 5 to 6",
                        "1@0 b-c 90, 2@0 b-c 90, 3@0 b-c 90, 4@0 b-c 90, 5@6 a-b 90, 6@6 d-e 90"),
                Arguments.of(
                        "unless much more is rewritten than comes",
                        "nothing",
                        "1@0 a-z 90, 2@0 a-z 90, 3@0 a-z 90, 4@0 a-z 90, 5@6 a-m 700, 6@6 n-z 700"),
                Arguments.of(
                        "until there are too many",
                        "TIER_IS_DUE 1 2 3 4 5 6 7 8 9 to 6",
                        "1@0 a-z 90, 2@0 a-z 90, 3@0 a-z 90, 4@0 a-z 90, 5@0 a-z 90, 6@0 a-z 90, 7@0 a-z 90, 8@0 a-z 90,"
                                + " 9@6 a-z 1990"),
                Arguments.of(
                        "or they delete",
                        "TIER_IS_DUE 1 2 3 4 5 to 6",
                        "1@0 a-z 30 t60, 2@0 a-z 30 t60, 3@0 a-z 30 t60, 4@0 a-z 30 t60, 5@6 a-z 1990"),
                Arguments.of(
                        "what overlaps nothing moves",
                        "TIER_IS_DUE 3 moves to 6",
                        "1@0 a-c 90, 2@0 b-d 90, 3@0 x-z 90, 4@0 a-d 90, 5@6 a-d 90"),
                Arguments.of(
                        "what is in use below is left alone",
                        "TIER_IS_DUE 3 4 6 to 6",
                        "1@0 a-c 90, 2@0 b-d 90, 3@0 x-z 90, 4@0 x-z 90, 5@6 a-d 90*, 6@6 x-z 90"),
                Arguments.of(
                        "a gap that a merge writes to is left alone",
                        "nothing",
                        "1@0 a-z 90*, 2@6 a-b 90*, 3@6 x-z 90*, 4@0 k-l 90, 5@0 k-l 90, 6@0 k-l 90, 7@0 k-l 90"),
                Arguments.of(
                        "small ones of one size become a larger one of level 0",
                        "SMALL_TABLES 2 3 4 5 to 0",
                        "1@0 a-z 90, 2@0 a-z 20, 3@0 a-z 20, 4@0 a-z 20, 5@0 a-z 20, 6@6 a-z 1900"),
                Arguments.of(
                        "those of different sizes do not",
                        "nothing",
                        "1@0 a-z 90, 2@0 a-z 20, 3@0 a-z 20, 4@0 a-z 20, 5@0 a-z 6, 6@6 a-z 1900"),
                Arguments.of(
                        "too many small ones are merged before they go down",
                        "SMALL_TABLES 1 2 3 4 to 0",
                        "1@0 a-z 20, 2@0 a-z 20, 3@0 a-z 20, 4@0 a-z 20, 5@0 a-z 20, 6@0 a-z 20, 7@0 a-z 20, 8@0 a-z 20,"
                                + " 9@6 a-z 1900"),
                Arguments.of(
                        "a large bottom has a level above it",
                        "TIER_IS_DUE 1 2 3 4 to 5",
                        "1@0 a-z 90, 2@0 a-z 90, 3@0 a-z 90, 4@0 a-z 90, 5@6 a-m 1000, 6@6 n-z 1000"),
                Arguments.of(
                        "a full level gives the table that overlaps least",
                        "LEVEL_IS_FULL 2 4 to 6",
                        "1@5 a-f 100, 2@5 g-m 100, 3@5 n-z 100, 4@6 g-h 10, 5@6 n-o 90, 6@6 a-b 1900"),
                Arguments.of(
                        "best of all, none",
                        "LEVEL_IS_FULL 3 moves to 6",
                        "1@5 a-f 100, 2@5 g-m 100, 3@5 n-z 100, 4@6 g-h 10, 6@6 a-b 1990"),
                Arguments.of(
                        "tombstones go down to what they delete",
                        "TOMBSTONES 1 2 to 6",
                        "1@5 a-f 100 t50, 2@6 a-b 90, 3@6 g-z 1900"),
                Arguments.of("and stay at the bottom", "nothing", "1@6 a-f 100 t90"),
                Arguments.of("unless they are forgotten: then they go there", "FORGOTTEN 1 to 6", "1@6 a-f 100 f10 h1"),
                Arguments.of("if there are enough", "nothing", "1@6 a-f 100 f9 h23"),
                Arguments.of("or it is a day ago", "FORGOTTEN 1 to 6", "1@6 a-f 100 f1 h24"),
                Arguments.of("but what a merge just left is not tried at once", "nothing", "1@6 a-f 100 f100 h0"),
                Arguments.of("and what a merge has is left to it", "nothing", "1@6 a-f 100 f100 h2*"),
                Arguments.of(
                        "forgotten ones go down to what they erase",
                        "FORGOTTEN 1 2 to 6",
                        "1@5 a-f 100 f10, 2@6 a-b 90, 3@6 g-z 1900"),
                Arguments.of(
                        "few of them wait for a day",
                        "FORGOTTEN 1 2 to 6",
                        "1@5 a-f 100 f9 h24, 2@6 a-b 90, 3@6 g-z 1900"),
                Arguments.of("or until then", "nothing", "1@5 a-f 100 f9 h23, 2@6 a-b 90, 3@6 g-z 1900"),
                Arguments.of(
                        "those of level 0 go down with all that overlaps",
                        "FORGOTTEN 1 2 3 to 6",
                        "1@0 a-f 90 f30, 2@0 c-g 90, 3@6 a-b 900, 4@6 h-z 900"),
                Arguments.of(
                        "if they are a tenth of all that is read",
                        "nothing",
                        "1@0 a-f 90 f29 h23, 2@0 c-g 90, 3@6 a-b 900, 4@6 h-z 900"),
                Arguments.of(
                        "or a day old",
                        "FORGOTTEN 1 2 3 to 6",
                        "1@0 a-f 90 f1 h24, 2@0 c-g 90, 3@6 a-b 900, 4@6 h-z 900"),
                Arguments.of(
                        "and level 0 goes down to those that wait there for a day",
                        "FORGOTTEN 1 3 to 6",
                        "1@0 a-f 90, 3@6 a-b 900 f1 h24, 4@6 h-z 900"),
                Arguments.of("a table that moved would keep them", "FORGOTTEN 1 to 6", "1@0 a-f 90 f10, 2@6 g-z 900"),
                Arguments.of("when a level is full too", "LEVEL_IS_FULL 1 to 6", "1@5 a-f 300 f1, 2@6 g-h 10"),
                Arguments.of("what has expired is written again in its place", "EXPIRED 1 to 6", "1@6 a-f 100 e50"),
                Arguments.of("if it is enough", "nothing", "1@6 a-f 100 e49"),
                Arguments.of(
                        "the fullest goes first",
                        "LEVEL_IS_FULL 1 moves to 6",
                        "1@5 a-z 900, 2@0 a-z 300, 3@0 a-z 300, 4@0 a-z 300, 5@0 a-z 300, 6@0 a-z 1, 7@0 a-z 1, 8@0 a-z 1,"
                                + " 9@0 a-z 1"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void picks(String name, String expected, String tables) {
        assertEquals(expected, show(new CompactionStrategy(OPTIONS).pick(levels(tables), NOW_MS)));
    }

    @ParameterizedTest
    @MethodSource("debts")
    void owesWhatIsDueAndWhatThatOverlaps(long expected, String tables) {
        assertEquals(expected, new CompactionStrategy(OPTIONS).debtBytes(levels(tables)));
    }

    static Stream<Arguments> debts() {
        return Stream.of(
                Arguments.of(0, "1@0 a-z 90, 2@6 a-z 90"),
                Arguments.of(450, "1@0 a-z 90, 2@0 a-z 90, 3@0 a-z 90, 4@0 a-z 90, 5@6 a-z 90"),
                Arguments.of(100 + 300, "1@5 a-z 300, 2@6 a-z 900"));
    }

    private static Levels levels(String text) {
        List<String> each = text.isEmpty() ? List.of() : List.of(text.split(", *"));
        List<TableDescription> tables =
                each.stream().map(CompactionStrategyTest::table).toList();
        List<TableDescription> busy = each.stream()
                .filter(table -> table.endsWith("*"))
                .map(CompactionStrategyTest::table)
                .toList();
        return new Levels(
                tables,
                busy.isEmpty() ? List.of() : List.of(new CompactionPlan(MergeReason.LEVEL_IS_FULL, busy, 6, false)));
    }

    private static TableDescription table(String text) {
        String[] parts = text.replace("*", "").split("[@ -]");
        long tombstones = share(parts, 't');
        long expired = share(parts, 'e');
        long forgotten = share(parts, 'f');
        long ageMs = share(parts, 'h') * HOUR_MS;
        return new TableDescription(
                new TableFile(Long.parseLong(parts[0]), Long.parseLong(parts[4])),
                Integer.parseInt(parts[1]),
                new KeySpan(Key.of(parts[2]), Key.of(parts[3])),
                new EntryCounts(100, Math.max(tombstones, forgotten), forgotten),
                expired == 0 ? ExpirySpan.NONE : new ExpirySpan(expired, 1, NOW_MS - OPTIONS.expiryGraceMs()),
                NOW_MS - ageMs);
    }

    private static long share(String[] parts, char kind) {
        return Arrays.stream(parts)
                .skip(5)
                .filter(part -> part.charAt(0) == kind)
                .mapToLong(part -> Long.parseLong(part.substring(1)))
                .sum();
    }

    private static String show(Optional<CompactionPlan> plan) {
        return plan.map(found -> found.reason() + " "
                        + found.inputs().stream()
                                .map(TableDescription::number)
                                .sorted()
                                .map(String::valueOf)
                                .collect(Collectors.joining(" "))
                        + (found.isMove() ? " moves to " : " to ") + found.toLevel())
                .orElse("nothing");
    }

    @ParameterizedTest
    @MethodSource("slices")
    void aLargeMergeIsDividedWhereTablesBelowBegin(String expected, String tables) {
        CompactionPlan plan = new CompactionPlan(
                MergeReason.TIER_IS_DUE,
                Stream.of(tables.split(", ")).map(CompactionStrategyTest::table).toList(),
                6,
                false);
        List<KeyRange> slices = MergeSlices.of(plan, 2, 100);
        assertEquals(
                expected,
                slices.stream()
                        .map(slice -> slice.start().map(Key::toString).orElse("")
                                + ".."
                                + slice.end().map(Key::toString).orElse(""))
                        .collect(Collectors.joining(" ")));
        assertTrue(slices.get(0).start().isEmpty());
    }

    static Stream<Arguments> slices() {
        return Stream.of(
                Arguments.of("..", "1@0 a-z 300, 2@0 a-z 300"),
                Arguments.of("..", "1@0 a-z 100, 2@6 a-b 100, 3@6 c-d 100"),
                Arguments.of("..c c..", "1@0 a-z 300, 2@6 a-b 100, 3@6 c-d 100"),
                Arguments.of("..e e..", "1@0 a-z 300, 2@6 a-b 10, 3@6 c-d 100, 4@6 e-f 100"));
    }
}
