/**
 * Faults of a local cluster: kill, pause, cut, slow, slow-disk, skew and heal, by the command and by
 * {@code /v1/faults}.
 */
package io.quorate.deploy.local.fault;
