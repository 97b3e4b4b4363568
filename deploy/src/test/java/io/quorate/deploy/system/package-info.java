/** What the cluster promises when processes die, stop and come back, proved on real processes over HTTP. */
package io.quorate.deploy.system;
