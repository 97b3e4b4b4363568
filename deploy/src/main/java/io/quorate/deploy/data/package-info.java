/**
 * What {@code quorate} does with data: get, put, delete, cas, scan, and the replicas of a key, each as the HTTP request that
 * it is. A command prints results on standard output and everything else on standard error, so that values stay the bytes
 * that they are.
 */
package io.quorate.deploy.data;
