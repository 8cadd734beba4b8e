/**
 * The micro-kernels of each vector width, and the choice among them. Written by KernelGenerator.
 */
package io.octnet.compute.simd.kernel;
