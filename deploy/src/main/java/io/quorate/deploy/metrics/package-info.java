/**
 * What a process tells Prometheus, by Micrometer: only this package knows either.
 * {@link io.quorate.deploy.metrics.Metrics} puts it together. What happens often is recorded where it happens, into
 * meters that were made before; what merely is, gets read when somebody asks. Names, labels and meanings are in
 * {@code deploy/monitoring/README.md}.
 */
package io.quorate.deploy.metrics;
