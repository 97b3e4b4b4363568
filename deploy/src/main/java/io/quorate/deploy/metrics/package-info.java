/**
 * The metrics of a process for Prometheus, by Micrometer. Only this package knows either.
 * {@link io.quorate.deploy.metrics.Metrics} puts it together. Frequent events are recorded where they happen, into
 * meters that were made at the start. States are read when a scrape asks for them. Names, labels and meanings are in
 * {@code deploy/monitoring/README.md}.
 */
package io.quorate.deploy.metrics;
