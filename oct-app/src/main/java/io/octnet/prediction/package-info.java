/** What a trained network says of scans: those of a run, and any others. */
package io.octnet.prediction;
