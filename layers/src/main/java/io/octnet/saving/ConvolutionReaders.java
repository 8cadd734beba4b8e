package io.octnet.saving;

import io.octnet.layers.Conv2D;
import io.octnet.layers.Conv2DTranspose;
import io.octnet.layers.Dense;
import io.octnet.layers.DepthwiseConv2D;
import io.octnet.layers.Layer;
import io.octnet.layers.SeparableConv2D;
import io.octnet.ops.Padding;
import java.util.Map;
import java.util.function.Function;

/** Convolutions and Dense. */
final class ConvolutionReaders {
  static final Map<String, Function<Attributes, Layer>> ALL =
      Map.of(
          "Conv2D", ConvolutionReaders::convolution,
          "DepthwiseConv2D", ConvolutionReaders::depthwise,
          "SeparableConv2D", ConvolutionReaders::separable,
          "Conv2DTranspose", ConvolutionReaders::transposed,
          "Dense", ConvolutionReaders::dense);

  private ConvolutionReaders() {}

  static Padding padding(Attributes a) {
    return switch (a.text("padding", "valid")) {
      case "valid" -> Padding.VALID;
      case "same" -> Padding.SAME;
      default -> throw a.refuseValue("padding", "valid or same");
    };
  }

  private static Layer convolution(Attributes a) {
    int[] kernel = a.pair("kernel_size", 0);
    int[] strides = a.pair("strides", 1);
    int[] dilation = a.pair("dilation_rate", 1);
    return new Conv2D(a.integer("filters", 0), kernel[0], kernel[1])
        .strides(strides[0], strides[1])
        .dilation(dilation[0], dilation[1])
        .groups(a.integer("groups", 1))
        .padding(padding(a))
        .useBias(a.truth("use_bias", true))
        .activation(ActivationReader.read(a));
  }

  private static Layer depthwise(Attributes a) {
    int[] kernel = a.pair("kernel_size", 0);
    int[] strides = a.pair("strides", 1);
    int[] dilation = a.pair("dilation_rate", 1);
    int groups = a.integer("groups", 1); // Keras 2 writes it down, and does not look at it
    if (groups != 1) {
      throw a.refuseValue("groups", "1");
    }
    return new DepthwiseConv2D(kernel[0], kernel[1])
        .multiplier(a.integer("depth_multiplier", 1))
        .strides(strides[0], strides[1])
        .dilation(dilation[0], dilation[1])
        .padding(padding(a))
        .useBias(a.truth("use_bias", true))
        .activation(ActivationReader.read(a));
  }

  private static Layer separable(Attributes a) {
    int[] kernel = a.pair("kernel_size", 0);
    int[] strides = a.pair("strides", 1);
    int[] dilation = a.pair("dilation_rate", 1);
    int groups = a.integer("groups", 1);
    if (groups != 1) {
      throw a.refuseValue("groups", "1");
    }
    return new SeparableConv2D(a.integer("filters", 0), kernel[0], kernel[1])
        .multiplier(a.integer("depth_multiplier", 1))
        .strides(strides[0], strides[1])
        .dilation(dilation[0], dilation[1])
        .padding(padding(a))
        .useBias(a.truth("use_bias", true))
        .activation(ActivationReader.read(a));
  }

  private static Layer transposed(Attributes a) {
    int[] kernel = a.pair("kernel_size", 0);
    int[] strides = a.pair("strides", 1);
    int[] dilation = a.pair("dilation_rate", 1);
    if (dilation[0] != 1 || dilation[1] != 1 || a.integer("groups", 1) != 1) {
      throw a.refuse("dilation_rate and groups other than 1 are not known here");
    }
    a.requireNone("output_padding");
    return new Conv2DTranspose(a.integer("filters", 0), kernel[0], kernel[1])
        .strides(strides[0], strides[1])
        .padding(padding(a))
        .useBias(a.truth("use_bias", true))
        .activation(ActivationReader.read(a));
  }

  private static Layer dense(Attributes a) {
    a.requireNone("lora_rank");
    return new Dense(a.integer("units", 0))
        .useBias(a.truth("use_bias", true))
        .activation(ActivationReader.read(a));
  }
}
