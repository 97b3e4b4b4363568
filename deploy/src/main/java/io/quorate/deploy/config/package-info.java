/**
 * What a process is told at its start: one file, read once into one immutable record, checked as a whole so that every
 * mistake is reported at the same time. Nothing outside this package reads strings: the rest of the program gets
 * {@link io.quorate.deploy.config.NodeConfiguration} or {@link io.quorate.deploy.config.CoordinatorConfiguration}.
 */
package io.quorate.deploy.config;
