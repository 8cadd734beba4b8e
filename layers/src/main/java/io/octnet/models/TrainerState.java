package io.octnet.models;

import java.util.Map;

/**
 * What a training must remember beside the model's weights to go on with the same bits: where it
 * is, the optimizer, the callbacks.
 *
 * @param values numbers as text that gives the same number back
 * @param slots the optimizer's, by name
 */
public record TrainerState(Map<String, String> values, Map<String, float[]> slots) {}
