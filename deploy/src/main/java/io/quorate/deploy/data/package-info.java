/**
 * The commands for data: get, put, delete, cas, scan, and the replicas of a key. Each is one HTTP request, but for
 * export and import, which are many. A command prints results on standard output and everything else on standard error,
 * so that values stay exactly their bytes.
 */
package io.quorate.deploy.data;
