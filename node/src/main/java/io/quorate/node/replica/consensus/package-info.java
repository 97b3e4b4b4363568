/**
 * The acceptor of each key's consensus: one handler for each request, and a queue for each key, so that a request reads
 * and writes its key without another in between.
 */
package io.quorate.node.replica.consensus;
