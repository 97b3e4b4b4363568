/**
 * {@code quorate store}: commands for one node's files while no node runs on them. Each command holds the lock of the
 * directory, so that no node starts meanwhile.
 */
package io.quorate.deploy.store;
