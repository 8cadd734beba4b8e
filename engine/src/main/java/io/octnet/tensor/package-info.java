/** Shapes, tensors and the pool of their buffers; no mathematics. */
package io.octnet.tensor;
