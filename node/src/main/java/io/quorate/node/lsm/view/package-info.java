/** The state that readers see: an immutable view of memtables and tables, which is replaced as a whole. */
package io.quorate.node.lsm.view;
