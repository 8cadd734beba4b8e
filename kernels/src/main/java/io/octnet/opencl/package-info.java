/** Convolutions and gemm on OpenCL devices, as kernels written in Java that Aparapi translates. */
package io.octnet.opencl;
