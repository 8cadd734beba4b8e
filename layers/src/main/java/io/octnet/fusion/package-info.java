/**
 * How a model is run: a program of steps, some of which compute several layers together.
 *
 * <p>Read {@link io.octnet.fusion.Program} first, then {@link io.octnet.fusion.Fusions}, the table
 * of what is computed together. {@link io.octnet.fusion.TrainingProgram} and {@link
 * io.octnet.fusion.InferenceProgram} apply it. To add a fusion: one row of the table, one class for
 * what it becomes, one test that it computes what the layers compute one by one.
 */
package io.octnet.fusion;
