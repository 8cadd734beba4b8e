/** One training from the data to the run folder: prepares, trains, predicts, writes. */
package io.octnet.training;
