/**
 * Profiles: a name for a cluster, with all that a command needs to reach it. They are in a file of the user, which
 * never holds a secret, only the names of the files that do.
 */
package io.quorate.deploy.client.profile;
