/**
 * Checkpoints of a node: its store and its identity, copied to another directory while it runs.
 */
package io.quorate.node.checkpoint;
