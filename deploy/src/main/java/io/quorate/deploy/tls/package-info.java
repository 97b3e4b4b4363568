/**
 * TLS of a process: its certificate, its key and the authorities that it trusts, read from PEM files with the JDK
 * alone.
 */
package io.quorate.deploy.tls;
