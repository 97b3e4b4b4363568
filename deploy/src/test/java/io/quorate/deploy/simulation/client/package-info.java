/**
 * Simulated clients. Each chooses an operation and a node, waits for the answer, and reports it to the judges.
 * {@code Client} runs one operation after the other. {@code RepeatedRequest} sends one write with an idempotency key
 * again and again.
 */
package io.quorate.deploy.simulation.client;
