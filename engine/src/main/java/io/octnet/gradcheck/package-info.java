/** Compares every op's gradients with central differences of what it computes. */
package io.octnet.gradcheck;
