/**
 * The primitives on the Vector API and several threads. {@link io.octnet.compute.simd.SimdCompute}
 * is the door; {@link io.octnet.compute.simd.Algorithm} is the table of how a convolution is
 * computed. The packages below are internal.
 */
package io.octnet.compute.simd;
