/**
 * Which build of Quorate this is: for {@code quorate --version}, for the metric of the build, and for results of
 * benchmarks.
 */
package io.quorate.deploy.build;
