/** The log of a process: its format, and the lines about slow requests. Other lines come from the parts themselves. */
package io.quorate.deploy.log;
