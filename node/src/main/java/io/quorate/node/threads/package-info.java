/** The threads of a node's storage: the one place that makes them. Everything else takes executors. */
package io.quorate.node.threads;
