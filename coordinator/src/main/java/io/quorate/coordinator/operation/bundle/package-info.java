/**
 * Functions without an idempotency key, several in one proposal. All that wait for a key at one coordinator are applied
 * one after the other to the register that one PREPARE shows. One ACCEPT makes the last value the register.
 *
 * <p>So a hot key takes as many functions as the coordinator takes requests. Conditional writes on it take one round
 * after the other.
 */
package io.quorate.coordinator.operation.bundle;
