/** Checkpoints of a node: copies of its store in another directory, with the name of the node, made while it runs. */
package io.quorate.node.checkpoint;
