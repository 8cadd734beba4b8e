/** The threads that share the tasks of one job, and the private memory of each. */
package io.octnet.compute.simd.threads;
