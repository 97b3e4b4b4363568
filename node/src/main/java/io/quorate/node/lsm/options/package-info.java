/** What a store is opened with: its sizes, its threads, and how those threads wake each other. */
package io.quorate.node.lsm.options;
