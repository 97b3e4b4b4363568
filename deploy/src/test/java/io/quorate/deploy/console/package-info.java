/** The console over real processes: its streams of events, and its pages in a real browser. */
package io.quorate.deploy.console;
