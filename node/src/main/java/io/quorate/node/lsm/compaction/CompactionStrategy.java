package io.quorate.node.lsm.compaction;

import io.quorate.common.model.Key;
import io.quorate.node.lsm.compaction.CompactionPlan.MergeReason;
import io.quorate.node.lsm.format.TreeLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Decides what to merge next: tiered above, leveled below.
 *
 * <p>Flushes write to level 0. Four small tables of level 0 are merged into a larger one of the same level, as in a
 * size-tiered tree, until tables have their full size. Full-size tables are merged into the <em>base</em> level
 * ({@link LevelTargets}) in two cases. Either they have at least half as many bytes as the merge rewrites there, or
 * they are too many for reads. From the base on, tables of a level do not overlap. A level above its target gives one
 * table to the next level: the one that overlaps least there. A table that overlaps nothing there moves down as it is.
 *
 * <p>Any set of tables may be merged into any level, since the highest version of each key wins, wherever it is. Even
 * level 0 has no order to keep. The only rule is that the other levels must stay free of overlap.
 */
public final class CompactionStrategy {
    /** How many small tables become one larger one. */
    private static final int FANOUT = 4;

    /** Level 0 goes down if it has one byte for at most this many bytes of the base. */
    private static final int REWRITTEN_FOR_EACH_MAX = 2;

    /** A table is worth a merge if this share of its entries are tombstones, or have expired. */
    private static final double NOTEWORTHY_SHARE = 0.5;

    /** A table is worth a merge if this share of its entries are forgotten: a merge drops them. */
    private static final double FORGOTTEN_SHARE = 0.1;

    /** Fewer forgotten entries make a table worth a merge after this time. */
    private static final long FORGOTTEN_MS_MAX = 24 * 3_600_000L;

    /** The last level is rewritten in its place. What a merge could not drop there may wait for something else. */
    private static final long REWRITE_MS_MIN = 3_600_000;

    private final CompactionOptions options;

    public CompactionStrategy(CompactionOptions options) {
        this.options = options;
    }

    /** The next merge. Empty if nothing is due, or if the running merges are in the way of what is due. */
    public Optional<CompactionPlan> pick(Levels levels, long wallMs) {
        LevelTargets targets = new LevelTargets(options, levels);
        return mostOverdue(levels, targets)
                .or(() -> smallTables(levels))
                .or(() -> tombstones(levels, targets))
                .or(() -> forgotten(levels, targets, wallMs))
                .or(() -> expired(levels, wallMs));
    }

    /**
     * About how many bytes merges must write until nothing is due. It is the sum of the bytes above each level's
     * target, and of the bytes of the next level that they overlap. Level 0 counts only once it must not wait any
     * longer.
     */
    public long debtBytes(Levels levels) {
        LevelTargets targets = new LevelTargets(options, levels);
        List<TableDescription> tier = levels.level(0);
        long debt = tier.size() >= options.tier().tablesMax() || isWorthIt(levels, tier, targets)
                ? levels.bytes(0) + levels.bytes(targets.base())
                : 0;
        for (int level = targets.base(); level < TreeLevel.BOTTOM; level++) {
            long bytes = levels.bytes(level);
            long excess = Math.max(0, bytes - targets.of(level));
            debt += excess == 0 ? 0 : excess + (long) ((double) excess / bytes * levels.bytes(level + 1));
        }
        return debt;
    }

    private Optional<CompactionPlan> mostOverdue(Levels levels, LevelTargets targets) {
        Map<Double, Integer> byScore = new TreeMap<>(Comparator.reverseOrder());
        List<TableDescription> tier = levels.free(0);
        if (isTierDue(levels, tier, targets)) {
            byScore.put(Math.max(1, (double) tier.size() / options.tier().tablesMax()), 0);
        }
        for (int level = targets.base(); level < TreeLevel.BOTTOM; level++) {
            double score = (double) Levels.bytes(levels.free(level)) / targets.of(level);
            if (score > 1) {
                byScore.put(score, level);
            }
        }
        return byScore.values().stream()
                .map(level -> level == 0 ? tierDown(levels, targets) : levelDown(levels, level))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private boolean isTierDue(Levels levels, List<TableDescription> tier, LevelTargets targets) {
        boolean tooMany = tier.size() >= options.tier().tablesMax();
        return isWorthIt(levels, tier, targets)
                || tooMany && smallTables(levels).isEmpty();
    }

    private boolean isWorthIt(Levels levels, List<TableDescription> tier, LevelTargets targets) {
        boolean large = Levels.bytes(tier) >= levels.bytes(targets.base()) / REWRITTEN_FOR_EACH_MAX;
        return tier.size() >= options.tier().tablesMin() && (large || isMostlyTombstones(tier));
    }

    private static boolean isMostlyTombstones(List<TableDescription> tables) {
        long entries = tables.stream().mapToLong(TableDescription::entries).sum();
        long tombstones =
                tables.stream().mapToLong(TableDescription::tombstones).sum();
        return tombstones >= entries * NOTEWORTHY_SHARE;
    }

    /** Groups the tables of level 0 by their overlaps, and takes the group that is cheapest to merge down. */
    private Optional<CompactionPlan> tierDown(Levels levels, LevelTargets targets) {
        return groups(levels.free(0)).stream()
                .map(group -> down(MergeReason.TIER_IS_DUE, levels, group, targets.base()))
                .flatMap(Optional::stream)
                .min(Comparator.comparingDouble(CompactionStrategy::cost));
    }

    private static List<List<TableDescription>> groups(List<TableDescription> byFirstKey) {
        List<List<TableDescription>> groups = new ArrayList<>();
        Key end = null;
        for (TableDescription table : byFirstKey) {
            boolean apart = end == null || table.firstKey().compareTo(end) > 0;
            if (apart) {
                groups.add(new ArrayList<>());
            }
            groups.get(groups.size() - 1).add(table);
            end = apart || table.lastKey().compareTo(end) > 0 ? table.lastKey() : end;
        }
        return groups;
    }

    private Optional<CompactionPlan> levelDown(Levels levels, int level) {
        return levels.free(level).stream()
                .map(table -> down(MergeReason.LEVEL_IS_FULL, levels, List.of(table), level + 1))
                .flatMap(Optional::stream)
                .min(Comparator.comparingDouble(CompactionStrategy::cost));
    }

    /** How many bytes the merge reads for each byte that goes down. */
    private static double cost(CompactionPlan plan) {
        long coming = plan.inputs().stream()
                .filter(table -> table.level() != plan.toLevel())
                .mapToLong(TableDescription::bytes)
                .sum();
        return plan.isMove() ? 0 : (double) plan.bytes() / coming;
    }

    /**
     * Merges tables into a deeper level, if nothing there is in use. A table that overlaps nothing there moves. One
     * with forgotten entries is rewritten, without them.
     */
    private Optional<CompactionPlan> down(
            MergeReason reason, Levels levels, List<TableDescription> coming, int toLevel) {
        boolean mayMove = coming.size() == 1 && coming.get(0).forgotten() == 0;
        CompactionPlan alone = new CompactionPlan(reason, coming, toLevel, mayMove);
        List<TableDescription> met = levels.overlapping(toLevel, alone.firstKey(), alone.lastKey());
        List<TableDescription> all = new ArrayList<>(coming);
        all.addAll(met);
        CompactionPlan plan = met.isEmpty() ? alone : new CompactionPlan(reason, all, toLevel, false);
        boolean possible =
                met.stream().allMatch(levels::isFree) && levels.isClear(toLevel, plan.firstKey(), plan.lastKey());
        return possible ? Optional.of(plan) : Optional.empty();
    }

    /**
     * At least four tables of level 0 that are of about the same size, and together no larger than a table should be,
     * by bytes and by entries.
     */
    private Optional<CompactionPlan> smallTables(Levels levels) {
        Map<Integer, List<TableDescription>> bySize = new TreeMap<>();
        for (TableDescription table : levels.free(0)) {
            bySize.computeIfAbsent(sizeClass(table), size -> new ArrayList<>()).add(table);
        }
        return bySize.entrySet().stream()
                .filter(same -> same.getKey() > 0 && same.getValue().size() >= FANOUT)
                .map(same -> new CompactionPlan(
                        MergeReason.SMALL_TABLES, same.getValue().subList(0, FANOUT), 0, false))
                .findFirst();
    }

    /** How often the table can be made four times as large and is still no larger than a table should be. */
    private int sizeClass(TableDescription table) {
        int size = 0;
        for (double part = options.fullness(table) * FANOUT; part <= 1; part *= FANOUT) {
            size++;
        }
        return size;
    }

    /**
     * Tombstones stay until they are forgotten (I12). In the last level they have nothing below to delete, so merging
     * them gains nothing there.
     */
    private Optional<CompactionPlan> tombstones(Levels levels, LevelTargets targets) {
        for (int level = targets.base(); level < TreeLevel.BOTTOM; level++) {
            int from = level;
            Optional<CompactionPlan> plan = levels.free(level).stream()
                    .filter(table -> isMostlyTombstones(List.of(table)))
                    .map(table -> down(MergeReason.TOMBSTONES, levels, List.of(table), from + 1))
                    .flatMap(Optional::stream)
                    .findFirst();
            if (plan.isPresent()) {
                return plan;
            }
        }
        return Optional.empty();
    }

    /**
     * Forgotten entries go down to what they erase. In the last level a table with some is rewritten in its place. They
     * stay if something elsewhere may be older, so there is an hour between two such rewrites.
     */
    private Optional<CompactionPlan> forgotten(Levels levels, LevelTargets targets, long wallMs) {
        if (!levels.haveForgotten()) {
            return Optional.empty();
        }
        return forgottenInTier(levels, targets, wallMs)
                .or(() -> forgottenBetween(levels, targets, wallMs))
                .or(() -> forgottenInLastLevel(levels, wallMs));
    }

    /**
     * Tables of level 0 meet most of the base. So a tenth of all that the merge reads must be forgotten, or some of it
     * for a day. What the base could not drop may wait for something older in level 0.
     */
    private Optional<CompactionPlan> forgottenInTier(Levels levels, LevelTargets targets, long wallMs) {
        return groups(levels.free(0)).stream()
                .map(group -> down(MergeReason.FORGOTTEN, levels, group, targets.base()))
                .flatMap(Optional::stream)
                .filter(plan -> isTenth(plan.forgotten(), plan.entries())
                        || plan.inputs().stream().anyMatch(table -> hasOld(table, wallMs)))
                .findFirst();
    }

    private Optional<CompactionPlan> forgottenBetween(Levels levels, LevelTargets targets, long wallMs) {
        return IntStream.range(targets.base(), TreeLevel.BOTTOM)
                .boxed()
                .flatMap(level -> levels.free(level).stream()
                        .filter(table -> isTenth(table.forgotten(), table.entries()) || hasOld(table, wallMs))
                        .flatMap(table -> down(MergeReason.FORGOTTEN, levels, List.of(table), level + 1).stream()))
                .findFirst();
    }

    private Optional<CompactionPlan> forgottenInLastLevel(Levels levels, long wallMs) {
        return levels.free(TreeLevel.BOTTOM).stream()
                .filter(table -> wallMs - table.writtenMs() >= REWRITE_MS_MIN)
                .filter(table -> isTenth(table.forgotten(), table.entries()) || hasOld(table, wallMs))
                .filter(table -> levels.isClear(TreeLevel.BOTTOM, table.firstKey(), table.lastKey()))
                .map(table -> new CompactionPlan(MergeReason.FORGOTTEN, List.of(table), TreeLevel.BOTTOM, false))
                .findFirst();
    }

    private static boolean isTenth(long forgotten, long entries) {
        return forgotten > 0 && forgotten >= entries * FORGOTTEN_SHARE;
    }

    private static boolean hasOld(TableDescription table, long wallMs) {
        return table.forgotten() > 0 && wallMs - table.writtenMs() >= FORGOTTEN_MS_MAX;
    }

    /** An expired value loses its bytes when its table is rewritten. Then it does not count any more, so this ends. */
    private Optional<CompactionPlan> expired(Levels levels, long wallMs) {
        long endedMs = wallMs - options.expiryGraceMs();
        for (int level = 0; level <= TreeLevel.BOTTOM; level++) {
            for (TableDescription table : levels.free(level)) {
                boolean worthIt = table.expiredAt(endedMs) >= Math.max(1, table.entries() * NOTEWORTHY_SHARE);
                if (worthIt && levels.isClear(level, table.firstKey(), table.lastKey())) {
                    return Optional.of(new CompactionPlan(MergeReason.EXPIRED, List.of(table), level, false));
                }
            }
        }
        return Optional.empty();
    }
}
