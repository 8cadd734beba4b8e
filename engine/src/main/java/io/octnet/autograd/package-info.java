/** Reverse-mode automatic differentiation: records operations and plays them backwards. */
package io.octnet.autograd;
