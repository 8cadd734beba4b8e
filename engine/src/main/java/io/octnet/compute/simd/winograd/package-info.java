/** Convolution by F(4x4, 3x3), Winograd's minimal filtering (Lavin and Gray, 2016). */
package io.octnet.compute.simd.winograd;
