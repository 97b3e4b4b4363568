/** {@code /v1/convergence}: how far the replicas are with agreeing by themselves. */
package io.quorate.coordinator.api.convergence;
