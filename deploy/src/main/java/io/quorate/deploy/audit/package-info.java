/**
 * The record of who did what: requests that were refused, operations on the cluster, and by choice writes, as lines of
 * JSON. Event loops only put lines into a bounded queue. One thread writes them.
 */
package io.quorate.deploy.audit;
