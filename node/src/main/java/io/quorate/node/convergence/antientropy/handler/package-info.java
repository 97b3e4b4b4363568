/** The replica's side of a pass: one handler for each message, and the thread that reads tables at a pace. */
package io.quorate.node.convergence.antientropy.handler;
