/** Measures: medians of several runs, ratios within one run, the machine named. */
package io.octnet.benchmarks;
