/**
 * What a replica keeps of each key, read and written as entries of the store: the register, the acceptor's state and
 * the traces of requests.
 */
package io.quorate.node.replica.state;
