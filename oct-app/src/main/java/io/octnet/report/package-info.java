/** What a run came to, for people: a page, plots, TensorBoard's events, a model card. */
package io.octnet.report;
