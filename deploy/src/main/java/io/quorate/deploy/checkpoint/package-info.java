/**
 * {@code quorate checkpoint}: makes, lists and deletes checkpoints of nodes that run. A backup of a cluster is a
 * checkpoint of each of its nodes, so each command is about every endpoint. {@code quorate store} is for directories
 * without a running node.
 */
package io.quorate.deploy.checkpoint;
