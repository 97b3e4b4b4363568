/**
 * {@code quorate profile}: names for clusters, kept in a file of the user. Each command that speaks to a cluster takes
 * {@code --profile}.
 */
package io.quorate.deploy.profile;
