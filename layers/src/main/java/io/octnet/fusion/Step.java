package io.octnet.fusion;

import java.util.List;

/**
 * One step of a program.
 *
 * @param place of the node whose output it computes
 * @param inputs the places of what it reads
 */
public record Step(int place, List<Integer> inputs, Operation operation) {}
