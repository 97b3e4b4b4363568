/**
 * The judges. {@code I1...} to {@code I13...} each judge the invariant of that number in
 * {@code coordinator/docs/protocol.md}. {@link io.quorate.deploy.simulation.judge.Judges} holds those of one run. It
 * receives every message ({@code MessageReader}), every outcome at its coordinator ({@code OutcomeReader}), the answers
 * to clients, and after each step the contents of the stores. Judges only watch. They draw no random number and send
 * nothing, so that a run is the same with or without them.
 */
package io.quorate.deploy.simulation.judge;
