/**
 * The configuration of a process. One file is read once, at the start, into one immutable record. It is checked as a
 * whole, so that all mistakes are reported together. Nothing outside this package reads strings. The rest of the
 * program gets {@link io.quorate.deploy.config.NodeConfiguration} or
 * {@link io.quorate.deploy.config.CoordinatorConfiguration}.
 */
package io.quorate.deploy.config;
