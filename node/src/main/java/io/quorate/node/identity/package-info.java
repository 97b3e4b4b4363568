/**
 * The durable identity of a node. A directory belongs to one node of one cluster for ever, and each start of that node
 * is a new incarnation. A node that lost its disk has lost its identity. It must not take that up again, since it no
 * longer remembers its promises.
 */
package io.quorate.node.identity;
