/**
 * Who this node is, durably: a directory belongs to one node of one cluster for its whole life, and each start of that
 * node is a new incarnation. A node that lost its disk has lost its identity, and must not take it up again: it would
 * answer for promises that it no longer remembers.
 */
package io.quorate.node.identity;
