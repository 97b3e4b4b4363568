/**
 * The log of a process: its format, which escapes every line, and the lines about slow requests and about troubles with
 * peers. Other lines come from the parts themselves.
 */
package io.quorate.deploy.log;
