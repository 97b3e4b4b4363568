/**
 * Which files make up the store. The manifest is a log of edits, with the frames and checksums of the log. The file
 * {@code CURRENT} names the current manifest and is replaced by a rename. An edit is durable before anything relies on
 * it. That is before a write goes to a new log segment, and before a log or table is deleted that the edit made
 * superfluous.
 */
package io.quorate.node.lsm.manifest;
