/** What Linux says of the processes that are measured, and how much of the processors it gives them. */
package io.quorate.deploy.bench.process;
