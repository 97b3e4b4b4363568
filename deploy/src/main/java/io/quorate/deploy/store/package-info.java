/**
 * {@code quorate store}: what can be done with one node's files while no node runs on them. Each command holds the lock on
 * the directory that it looks at, so that none starts meanwhile.
 */
package io.quorate.deploy.store;
