/**
 * {@code quorate bench run}: a file describes a local cluster, phases of load with faults, and what is expected of
 * them. {@code deploy/scenarios} has such files. The rooms: {@code ScenarioFile} reads one, {@code ScenarioRun} carries
 * it out on a {@code ScenarioCluster}, {@code Expectation} judges the results, {@code ScenarioReport} prints them.
 */
package io.quorate.deploy.bench.scenario;
