/**
 * What readers see: an immutable view of memtables and tables, replaced as a whole.
 */
package io.quorate.node.lsm.view;
