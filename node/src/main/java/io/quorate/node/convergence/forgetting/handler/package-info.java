/** The replica's side of forgetting: one handler for each message. */
package io.quorate.node.convergence.forgetting.handler;
