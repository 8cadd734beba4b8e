/** Work on (rows, C) at memory speed: elementwise functions, sums, batch norm, pooling. */
package io.octnet.compute.simd.channels;
