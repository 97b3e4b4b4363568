/**
 * The judges. {@code I1...} to {@code I13...} each judge the invariant of that number in
 * {@code coordinator/docs/protocol.md}; I11 is not built yet. {@link io.quorate.deploy.simulation.judge.Judges} holds
 * those of one run. It hears of every message ({@code MessageReader}), of every outcome at its coordinator
 * ({@code OutcomeReader}), of what clients see, and after each step of what the stores hold. Judges only watch: they
 * draw no random number and send nothing, so that a run is the same with or without them.
 */
package io.quorate.deploy.simulation.judge;
