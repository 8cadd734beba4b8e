/**
 * How good predictions are: scores, calibration, operating point, intervals. Starts from plain rows
 * of predictions and knows neither models nor images.
 */
package io.octnet.evaluation;
