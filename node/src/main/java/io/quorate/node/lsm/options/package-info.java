/**
 * What a store is opened with: its sizes, and the threads that it runs on.
 */
package io.quorate.node.lsm.options;
