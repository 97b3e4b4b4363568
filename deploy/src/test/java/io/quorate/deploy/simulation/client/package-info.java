/**
 * Simulated clients. Each chooses an operation, a level and a machine, and waits for the answer. {@code Client} runs
 * one operation after the other. {@code PageWalk} is a scan of several pages. {@code RepeatedRequest} sends one write
 * with an idempotency key again and again, and asks for its status. {@code Witness} reports the answers to the judges.
 */
package io.quorate.deploy.simulation.client;
