/**
 * {@code quorate bench}: a closed loop of clients, each with one request in flight, that measures a running cluster from
 * outside. It shares the machine with what it measures, so it does as little as it can for each request: one event loop,
 * one connection for each client, requests that are mostly made in advance, and a parser of just what the server answers.
 */
package io.quorate.deploy.bench;
