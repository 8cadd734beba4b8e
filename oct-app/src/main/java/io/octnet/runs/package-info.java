/**
 * The run folder: what it holds, written so that a file is there whole or not at all; its
 * configuration, and what it ran on.
 */
package io.octnet.runs;
