package io.octnet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.octnet.benchmarks.JobBenchmark.Measured;
import io.octnet.benchmarks.KernelBenchmark.Row;
import io.octnet.compute.Compute;
import io.octnet.compute.ScalarCompute;
import io.octnet.compute.simd.Algorithm.Direction;
import io.octnet.zoo.FineTune;
import io.octnet.zoo.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is computed from measurements; how fast things are is not tested. */
class BenchmarksTest {
  private static final String CPU = "# cpu: A (family 1 model 2)";

  @Test
  void theMedianAndWhereMeasurementsLie() {
    assertThat(Spread.of(3, 1, 2, 10, 2)).isEqualTo(new Spread(2, 1, 10));
    assertThat(Spread.of(1, 3)).isEqualTo(new Spread(2, 1, 3));
    assertThat(Spread.of(3, 1, 2, 10, 2).relative()).isEqualTo(4.5);
    assertThat(new Spread(2, 1, 4).inverse(8)).isEqualTo(new Spread(4, 2, 8));
    assertThatThrownBy(Spread::of).hasMessageContaining("received none");
  }

  @Test
  void aRatioIsTakenWithinEachPair() {
    double[] ours = {1, 2, 4}; // the machine slows down
    double[] theirs = {2, 4, 8};
    assertThat(Spread.ofRatios(theirs, ours)).isEqualTo(new Spread(2, 2, 2));
    assertThatThrownBy(() -> Spread.ofRatios(ours, new double[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theExponentOfAPowerLaw() {
    List<double[]> points =
        List.of(new double[] {1, 3}, new double[] {2, 12}, new double[] {4, 48});
    assertThat(ScalingBenchmark.slope(points, p -> p[0], p -> p[1])).isCloseTo(2, within(1e-12));
  }

  private static List<String> baseline(String... rows) {
    List<String> lines = new java.util.ArrayList<>();
    lines.add(CPU);
    lines.add("bits,shape,direction,algorithm,ms,GFLOP/s,of peak,low,high");
    lines.addAll(List.of(rows));
    return lines;
  }

  @Test
  void theGuardNamesWhatIsSlowerThanTheNoise() throws IOException {
    Map<String, Row> before =
        RegressionGuard.read(
            "base.csv",
            baseline(
                "512,a,forward,DIRECT,1,1,0.80,0.79,0.81",
                "512,b,forward,DIRECT,1,1,0.80,0.60,0.90",
                "256,sgemm 1024,,,1,1,0.80,0.80,0.80",
                "256,gone,,,1,1,0.80,0.80,0.80"),
            "A (family 1 model 2)");
    assertThat(before).hasSize(4).containsKey("256-bit sgemm 1024");
    List<Row> now =
        List.of(
            Row.parse("512,a,forward,DIRECT,1,1,0.70,0.69,0.71"),
            Row.parse("512,b,forward,DIRECT,1,1,0.70,0.69,0.71"), // within its noise
            Row.parse("256,sgemm 1024,,,1,1,0.77,0.77,0.77"), // within the least noise
            Row.parse("256,new,,,1,1,0.1,0.1,0.1"));
    assertThat(RegressionGuard.slower(before, now))
        .containsExactly("512-bit a forward DIRECT: 0.70 of the peak, was 0.80, noise 5 %");
  }

  @Test
  void theGuardRefusesABaselineOfAnotherProcessor() {
    assertThatThrownBy(() -> RegressionGuard.read("base.csv", baseline(), "B"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("base.csv was recorded on A (family 1 model 2), this is B")
        .hasMessageContaining("--record");
    assertThatThrownBy(() -> RegressionGuard.read("base.csv", List.of("x"), "B"))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> RegressionGuard.read("base.csv", baseline("1,2"), "A (family 1 model 2)"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'1,2'");
  }

  @Test
  void rowsAndMeasurementsSurviveTheWayBetweenTwoJvms() throws IOException {
    Row row = new Row(256, "3x3 3>32 @224", "forward", "DIRECT", 1.5, 80, 0.75, 0.5, 1);
    assertThat(Row.parse(row.line())).isEqualTo(row);
    Measured parsed = Measured.parse(new Measured(new double[] {0.5, 0.25}, 16, 900).line());
    assertThat(parsed.seconds()).containsExactly(0.5, 0.25);
    assertThat(parsed.units()).isEqualTo(16);
    assertThat(parsed.mib()).isEqualTo(900);
  }

  @Test
  void optionsAreReadStrictly() {
    Options options = Options.of(new String[] {"--all", "--batch", "4", "256"}, "--all", "--batch");
    assertThat(options.has("--all")).isTrue();
    assertThat(options.number("--batch", 8)).isEqualTo(4);
    assertThat(options.number("--image", 224)).isEqualTo(224);
    assertThat(options.rest()).containsExactly("256");
    assertThat(options.out()).isNull();
    for (String wrong : List.of("--bathc 4", "--batch")) {
      assertThatThrownBy(() -> Options.of(wrong.split(" "), "--all", "--batch"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("--batch");
    }
    assertThatThrownBy(
            () ->
                Options.of(new String[] {"--batch", "0"}, "--all", "--batch").number("--batch", 1))
        .hasMessageContaining("received '0'");
  }

  @Test
  void aReportIsTextAndCsvAndPlot(@TempDir Path folder) throws IOException {
    Report report = new Report("table", folder);
    report.words("job", 8).numbers(1, "ms", "ratio").header();
    report.row("a, b", 12.345, null);
    report.row("c", 3, Double.NaN);
    Plot plot = new Plot("Bars", "", "ms");
    plot.add("one", "a", 1);
    plot.add("one", "b", 2);
    report.plot(plot);
    report.write();
    assertThat(folder.resolve("table.txt")).content().contains("a, b          12.3");
    assertThat(Files.readAllLines(folder.resolve("table.csv")))
        .startsWith("# cpu: " + MachineName.cpu())
        .endsWith("job,ms,ratio", "a; b,12.3450,", "c,3.00000,");
    assertThat(folder.resolve("table.png")).isNotEmptyFile();
  }

  @Test
  void aTableReplacesItsBlockOfAPageAndNothingElse() {
    String page = "# Measured\n\nWhy.\n\n<!-- a.txt -->\n```\nold\n```\n\nAfter.\n```\nb\n```\n";
    assertThat(Results.fill(page, "a.txt", "cost $1\n")).isEqualTo(page.replace("old", "cost $1"));
    assertThat(Results.fill("# M\n\n<!-- a.txt -->\n\nAfter.\n", "a.txt", "new"))
        .isEqualTo("# M\n\n<!-- a.txt -->\n```\nnew\n```\n\nAfter.\n");
    assertThat(Results.fill("# M\n", "a.txt", "new"))
        .isEqualTo("# M\n\n<!-- a.txt -->\n```\nnew\n```\n");
  }

  @Test
  void numbersAreDrawnAsLines(@TempDir Path folder) throws IOException {
    Plot plot = new Plot("Lines", "x", "y");
    plot.add("one", 1, 1);
    plot.add("one", 10, 2);
    plot.write(folder.resolve("lines.png"));
    assertThat(folder.resolve("lines.png")).isNotEmptyFile();
  }

  @Test
  void aCaseComputesEachDirection() {
    ConvCase each = new ConvCase(ConvCase.same(1, 5, 3, 3, 4, 2));
    try (Compute scalar = new ScalarCompute()) {
      for (Direction direction : Direction.values()) {
        float[] out = each.run(scalar, direction);
        assertThat(out[each.size(direction) - 1]).isNotZero();
      }
    }
    assertThat(each.name).isEqualTo("3x3 3>4 @5 /2");
    assertThat(each.flops()).isEqualTo(2.0 * 3 * 3 * 27 * 4);
  }

  @Test
  void everyShapeOfTheNetworksIsThereOnce() {
    assertThat(ConvCase.allOfTheNetworks(8))
        .doesNotHaveDuplicates()
        .contains(ConvCase.same(8, 224, 64, 3, 64, 1), ConvCase.same(8, 14, 512, 3, 512, 1));
  }

  @Test
  void aJobTrainsAsManyStepsAsAsked() {
    assertThat(Jobs.trainingSteps(Network.CNN3, FineTune.ALL, 2, 8, 4)).hasSize(4);
  }

  @Test
  void jobsHaveNamesOfTheirOwn() {
    List<String> names = Job.all().stream().map(Job::name).toList();
    assertThat(names).doesNotHaveDuplicates();
    assertThat(Job.all())
        .allSatisfy(
            job -> assertThat(job.against() == null || names.contains(job.against())).isTrue());
  }
}
