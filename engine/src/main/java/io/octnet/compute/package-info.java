/**
 * What the ops are made of: the primitives ({@link io.octnet.compute.Compute}), and the back-ends
 * that compute them. {@link io.octnet.compute.ScalarCompute} is the definition of all, plain loops;
 * {@code compute.simd} is the fast one; others come from other modules by {@link
 * io.octnet.compute.ComputeProvider}. {@link io.octnet.compute.Backend} chooses one, {@link
 * io.octnet.compute.Settings} are the system properties.
 *
 * <p>Back-ends agree up to rounding for values whose sums of products stay well inside a float,
 * below 1e36 or so. Beyond, they need not: the scalar one adds in double and rounds once, the
 * others add floats, and Winograd's transforms take differences of sums; there a partial sum may
 * overflow to an infinity, and two of them cancel to NaN, where the scalar result is finite.
 *
 * <p>A back-end may be used by several threads at once; the arrays it writes are the caller's to
 * guard.
 */
package io.octnet.compute;
