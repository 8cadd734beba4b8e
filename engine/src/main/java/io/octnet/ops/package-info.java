/**
 * One final class per differentiable operation, its backward rule below its forward pass.
 *
 * <p>To add one: the class here, its line in {@code gradcheck.OpSpecs}, its test.
 */
package io.octnet.ops;
