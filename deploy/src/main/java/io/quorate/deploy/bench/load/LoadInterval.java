package io.quorate.deploy.bench.load;

/**
 * What became of a group's requests since the last look at it, for people who watch.
 *
 * @param due how many became due
 * @param good how many were answered well, whenever they were due
 * @param failed how many ended in any other way
 * @param underWay how many have not ended yet
 * @param longestMs the longest latency of the good ones, or 0
 */
public record LoadInterval(long due, long good, long failed, long underWay, double longestMs) {}
