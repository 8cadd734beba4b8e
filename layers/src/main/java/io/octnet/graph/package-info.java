/** The graph of a model: layers, and who reads whom. */
package io.octnet.graph;
