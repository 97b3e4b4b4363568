/**
 * The options by which a command finds a cluster and says who it is. An option goes before the profile that the user
 * typed, and with that profile no variable counts. Otherwise a variable goes before the profile of
 * {@code QUORATE_PROFILE}, and this one before the local cluster in {@code .quorate}.
 */
package io.quorate.deploy.client.option;
