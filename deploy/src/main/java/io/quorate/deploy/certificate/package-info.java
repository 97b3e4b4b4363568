/**
 * {@code quorate cert}: an authority for a cluster, and the certificates that it issues. Only this package uses Bouncy
 * Castle, because the JDK reads certificates and cannot make them.
 */
package io.quorate.deploy.certificate;
