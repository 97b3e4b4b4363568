/**
 * Which files make up the store. The manifest is a log of edits, framed and checksummed as the log is; the file {@code
 * CURRENT} names the manifest that counts and is replaced by a rename. An edit is durable before anything relies on it:
 * before a write goes to a new log segment, before a log or table that it made superfluous is deleted.
 */
package io.quorate.node.lsm.manifest;
