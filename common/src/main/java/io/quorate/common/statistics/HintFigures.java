package io.quorate.common.statistics;

/**
 * What a replica keeps for another one until that one is back.
 *
 * @param target the place of the other replica in the order of the members' names
 * @param waiting about how many keys the other replica missed
 * @param oldestMs the time of the oldest of these writes, in milliseconds since 1970, or 0 if none waits
 * @param overflowed whether the other replica missed more keys than are noted
 */
public record HintFigures(int target, long waiting, long oldestMs, boolean overflowed) {}
