/**
 * The options by which a command finds a cluster and says who it is. An option goes before a variable, a variable
 * before the profile, and the profile before the local cluster in {@code .quorate}.
 */
package io.quorate.deploy.client.option;
