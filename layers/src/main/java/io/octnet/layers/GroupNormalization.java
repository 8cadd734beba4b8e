package io.octnet.layers;

import io.octnet.initializers.Initializers;
import io.octnet.ops.BiasAdd;
import io.octnet.ops.LayerNorm;
import io.octnet.ops.Multiply;
import io.octnet.ops.Permute;
import io.octnet.ops.Reshape;
import io.octnet.tensor.Shape;
import io.octnet.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Normalises groups of channels of each example over all positions, then {@code gamma * x + beta}
 * per channel. Weights: gamma, beta (C). Wu and He, 2018.
 */
public final class GroupNormalization extends Layer implements Deterministic {
  private final int wantedGroups;
  private int groups;
  private double epsilon = 1e-3;
  private boolean scale = true;
  private boolean center = true;
  private Parameter gamma;
  private Parameter beta;

  /** With so many groups; -1 for a group a channel. */
  public GroupNormalization(int groups) {
    this.wantedGroups = groups;
  }

  /** What is added to the variance; 1e-3 by default. */
  public GroupNormalization epsilon(double newEpsilon) {
    requireUnbuilt();
    epsilon = newEpsilon;
    return this;
  }

  /** Whether it has gamma; true by default. */
  public GroupNormalization scale(boolean wanted) {
    requireUnbuilt();
    scale = wanted;
    return this;
  }

  /** Whether it has beta; true by default. */
  public GroupNormalization center(boolean wanted) {
    requireUnbuilt();
    center = wanted;
    return this;
  }

  @Override
  protected Shape build(List<Shape> inputs) {
    Shape x = single(inputs);
    int channels = x.dim(-1);
    groups = wantedGroups == -1 ? channels : wantedGroups;
    if (groups < 1 || channels % groups != 0) {
      throw error("%d channels cannot be divided into %d groups", channels, groups);
    }
    if (scale) {
      gamma = addWeight("gamma", Shape.of(channels), Initializers.ONES, true);
    }
    if (center) {
      beta = addWeight("beta", Shape.of(channels), Initializers.ZEROS, true);
    }
    return x;
  }

  @Override
  public Tensor forward(List<Tensor> inputs, Pass pass) {
    Tensor x = inputs.getFirst();
    int perGroup = x.dim(-1) / groups;
    int positions = x.size() / x.dim(0) / x.dim(-1);
    Tensor y = Reshape.reshape(x, Shape.of(x.dim(0), positions, groups, perGroup));
    y = next(y, t -> Permute.permute(t, 0, 2, 1, 3));
    y = next(y, t -> Reshape.reshape(t, Shape.of(x.dim(0), groups, positions * perGroup)));
    y = next(y, t -> LayerNorm.layerNorm(t, null, null, epsilon));
    y = next(y, t -> Reshape.reshape(t, Shape.of(x.dim(0), groups, positions, perGroup)));
    y = next(y, t -> Permute.permute(t, 0, 2, 1, 3));
    y = next(y, t -> Reshape.reshape(t, x.shape()));
    if (gamma != null) {
      y = next(y, t -> Multiply.multiply(t, gamma.tensor()));
    }
    if (beta != null) {
      y = next(y, t -> BiasAdd.biasAdd(t, beta.tensor()));
    }
    return y;
  }

  private static Tensor next(Tensor x, Function<Tensor, Tensor> op) {
    Tensor y = op.apply(x);
    x.release();
    return y;
  }

  @Override
  public Map<String, Object> config() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("groups", groups);
    config.put("axis", -1);
    config.put("epsilon", epsilon);
    config.put("center", center);
    config.put("scale", scale);
    return config;
  }
}
