/** Seeded streams of random numbers that can be saved and restored. */
package io.octnet.random;
