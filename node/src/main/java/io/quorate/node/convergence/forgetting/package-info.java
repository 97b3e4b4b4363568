/**
 * Forgetting of deletes: along a pass of anti-entropy, tombstones that all members hold go for good. The rules of
 * replicas and coordinators, and why nothing comes back, are in {@code coordinator/docs/protocol.md}.
 */
package io.quorate.node.convergence.forgetting;
