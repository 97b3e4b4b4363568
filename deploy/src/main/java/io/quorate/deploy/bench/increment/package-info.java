/** Increments of few keys by many clients: the load of a hot key, by compare-and-set or by functions. */
package io.quorate.deploy.bench.increment;
