package io.octnet.compute.simd.kernel;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the flat micro-kernels MicroKernel128, MicroKernel256 and MicroKernel512, which {@link
 * KernelGeneratorTest} holds against what is committed. After a change run {@link #main} with the
 * folder of these classes, then format.
 */
final class KernelGenerator {
  private final StringBuilder out = new StringBuilder();
  private final int lanes;
  private final int rows;
  private final int outerRows;
  private final int step; // Width.STEP

  private KernelGenerator(int lanes, int rows, int outerRows, int step) {
    this.lanes = lanes;
    this.rows = rows;
    this.outerRows = outerRows;
    this.step = step;
  }

  /** The generator for vectors of so many bits. */
  static KernelGenerator of(int bits) {
    return switch (bits) {
      case 128 -> new KernelGenerator(4, 6, 4, 4);
      case 256 -> new KernelGenerator(8, 6, 4, 4);
      case 512 -> new KernelGenerator(16, 14, 8, 2);
      default -> throw new IllegalArgumentException("no micro-kernel has " + bits + " bits");
    };
  }

  public static void main(String[] args) throws IOException {
    for (int bits : new int[] {128, 256, 512}) {
      Path file = Path.of(args[0]).resolve("MicroKernel" + bits + ".java");
      Files.writeString(file, of(bits).generate());
    }
  }

  @FormatMethod
  private void line(@FormatString String format, Object... values) {
    out.append(Text.format(format, values)).append('\n');
  }

  /** The class, not formatted. */
  String generate() {
    line("package io.octnet.compute.simd.kernel;");
    line("import java.lang.invoke.VarHandle;");
    line("import jdk.incubator.vector.FloatVector;");
    line("import jdk.incubator.vector.VectorOperators;");
    line("import jdk.incubator.vector.VectorSpecies;");
    line("/**");
    line(" * The micro-kernels for %d-bit vectors, written by KernelGenerator.", lanes * 32);
    line(" *");
    line(
        " * <p>They are flat on purpose: an accumulator stays in its register only as a named local of one loop;");
    line(
        " * arrays of vectors, nested loops or helpers spill or box it. The fence after each row emits no");
    line(
        " * instruction: it stops the compiler from hoisting several broadcasts, which would spill accumulators.");
    line(" */");
    line("final class MicroKernel%d {", lanes * 32);
    line("private static final VectorSpecies<Float> S = FloatVector.SPECIES_%d;", lanes * 32);
    line("private MicroKernel%d() {}", lanes * 32);
    panel();
    layer();
    outer();
    line("}");
    return out.toString();
  }

  private void panel() {
    line("/** See {@link Width#panel}: %d rows x %d columns. */", rows, 2 * lanes);
    line(
        "static void panel(int steps, int[] offsets, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int rowStride, int slabStride) {");
    zeros(rows);
    multiply();
    String second = lanes == 16 ? "slabStride" : Integer.toString(lanes);
    for (int i = 0; i < rows; i++) {
      line("c%d0.intoArray(c, cAt + %d * rowStride);", i, i);
      line("c%d1.intoArray(c, cAt + %d * rowStride + %s);", i, i, second);
    }
    line("}");
  }

  private void layer() {
    line("/** See {@link Width#layer}: %d rows x %d columns. */", rows, 2 * lanes);
    line(
        "static void layer(int steps, int[] offsets, float[] a, int aAt, float[] b, int bAt, float[] bias, int biasAt, float[] start, int startAt, int startStride, float least, float[] y, int yAt, int stride) {");
    line("FloatVector bias0 = FloatVector.fromArray(S, bias, biasAt);");
    line("FloatVector bias1 = FloatVector.fromArray(S, bias, biasAt + %d);", lanes);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < 2; j++) {
        line(
            "FloatVector c%d%d = bias%d.add(FloatVector.fromArray(S, start, startAt + %d * startStride + %d));",
            i, j, j, i, j * lanes);
      }
    }
    multiply();
    line("FloatVector floor = FloatVector.broadcast(S, least);");
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < 2; j++) {
        String c = Text.format("c%d%d", i, j); // no helper: calls in long methods are not inlined
        line(
            "%s.blend(floor, %s.compare(VectorOperators.LT, floor)).intoArray(y, yAt + %d * stride + %d);",
            c, c, i, j * lanes);
      }
    }
    line("}");
  }

  private void multiply() {
    int cols = 2 * lanes;
    line("FloatVector x, b0, b1;");
    line("for (int q = 0; q < steps; q++) {");
    line("int p = aAt + offsets[q];");
    for (int u = 0; u < step; u++) {
      line("b0 = FloatVector.fromArray(S, b, bAt + %d);", u * cols);
      line("b1 = FloatVector.fromArray(S, b, bAt + %d);", u * cols + lanes);
      for (int i = 0; i < rows; i++) {
        row(i, Text.format("a[p + %d]", 16 * i + u));
      }
    }
    line("bAt += %d;", step * cols);
    line("}");
  }

  private void outer() {
    line("/** See {@link Width#outer}: %d rows x %d columns. */", outerRows, 2 * lanes);
    line(
        "static void outer(int pixels, float[] a, int aAt, float[] b, int bAt, int slabStride, float[] c, int cAt, int rowStride) {");
    zeros(outerRows);
    line("FloatVector x, b0, b1;");
    if (lanes == 16) {
      line("int bNext = bAt + slabStride;");
    }
    line("for (int t = 0; t < pixels; t += 4) {");
    for (int u = 0; u < 4; u++) {
      line("b0 = FloatVector.fromArray(S, b, bAt + %d);", 16 * u);
      line(
          lanes == 16
              ? "b1 = FloatVector.fromArray(S, b, bNext + %d);"
              : "b1 = FloatVector.fromArray(S, b, bAt + %d);",
          16 * u + (lanes == 16 ? 0 : lanes));
      for (int i = 0; i < outerRows; i++) {
        row(i, Text.format("a[aAt + %d]", 16 * u + i));
      }
    }
    line("aAt += 64;");
    line("bAt += 64;");
    if (lanes == 16) {
      line("bNext += 64;");
    }
    line("}");
    for (int i = 0; i < outerRows; i++) {
      for (int j = 0; j < 2; j++) {
        String at = Text.format("cAt + %d * rowStride + %d", i, j * lanes);
        line("c%d%d.add(FloatVector.fromArray(S, c, %s)).intoArray(c, %s);", i, j, at, at);
      }
    }
    line("}");
  }

  private void zeros(int count) {
    for (int i = 0; i < count; i++) {
      line("FloatVector c%d0 = FloatVector.zero(S);", i);
      line("FloatVector c%d1 = FloatVector.zero(S);", i);
    }
  }

  private void row(int i, String element) {
    line("x = FloatVector.broadcast(S, %s);", element);
    line("c%d0 = x.fma(b0, c%d0);", i, i);
    line("c%d1 = x.fma(b1, c%d1);", i, i);
    line("VarHandle.loadLoadFence();");
  }
}
