/** The HTTP API as a client sees it, in every detail that a client may rely on, on a cluster of real processes. */
package io.quorate.deploy.http;
