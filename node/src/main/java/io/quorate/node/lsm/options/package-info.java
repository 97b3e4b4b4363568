/** The options of a store: its sizes, its threads, and how those threads wake each other. */
package io.quorate.node.lsm.options;
