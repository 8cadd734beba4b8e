/** What happens beside training, by Keras's names and rules. */
package io.octnet.callbacks;
