/**
 * etcd's protocol, as far as a load generator needs it: gRPC over HTTP/2 with bytes made in advance. A library for gRPC
 * costs several times as much for each request. The generator shares the machine with the cluster that it measures, so
 * that would count against etcd.
 */
package io.quorate.deploy.bench.etcd;
