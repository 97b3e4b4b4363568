/**
 * The members of the cluster and their health: {@code /v1/cluster}, {@code /v1/nodes/{id}}, the replicas of a key, and
 * checkpoints of the node that answers.
 */
package io.quorate.coordinator.api.cluster;
