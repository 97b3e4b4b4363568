/**
 * Which threads still use a resource. References count the users of a table's file or a memtable's chunks, which no
 * thread owns. Serial tasks own fields that need no lock.
 */
package io.quorate.node.lsm.lifetime;
