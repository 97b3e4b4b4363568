/**
 * What the cluster is made of and how it is: {@code /v1/cluster}, {@code /v1/nodes/{id}}, the replicas of a key, and
 * checkpoints of the node that answers.
 */
package io.quorate.coordinator.api.cluster;
