/** Kernels and layers under JMH: {@code benchmarks/run jmh [PATTERN]}. All threads compute. */
package io.octnet.benchmarks.jmh;
