/**
 * The folder of a local cluster. It holds all that is known of the cluster. {@link io.quorate.deploy.local} draws it.
 */
package io.quorate.deploy.local.folder;
