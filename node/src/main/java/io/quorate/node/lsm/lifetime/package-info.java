/** How long something lives that several threads use and none of them owns: a table's file, a memtable's chunks. */
package io.quorate.node.lsm.lifetime;
