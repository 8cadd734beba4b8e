/** Convolution by im2col and straight from rows, and sgemm: packing, gathering, storing. */
package io.octnet.compute.simd.convolution;
