/**
 * The record of who did what: requests that were refused, operations on the cluster, changes of rules, and by choice
 * writes, as lines of JSON. Event loops only put lines into bounded queues. Each file has a thread that writes them.
 */
package io.quorate.deploy.audit;
