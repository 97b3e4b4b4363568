/** The threads of a node's storage. Only this package makes them. All others take executors. */
package io.quorate.node.threads;
