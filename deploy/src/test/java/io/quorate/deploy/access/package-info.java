/** Who may do what: its file, its commands, and real processes that obey it. */
package io.quorate.deploy.access;
