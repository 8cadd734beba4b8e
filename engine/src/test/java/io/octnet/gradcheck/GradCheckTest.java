package io.octnet.gradcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.octnet.compute.Backend;
import io.octnet.compute.Compute;
import io.octnet.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class GradCheckTest {
  private static final List<Compute> BACKENDS = new ArrayList<>();

  @BeforeContainer
  static void open() {
    Backend.providers().stream()
        .filter(provider -> provider.priority() >= 0 && provider.unavailableBecause() == null)
        .forEach(provider -> BACKENDS.add(provider.create(2)));
  }

  @AfterContainer
  static void close() {
    BACKENDS.forEach(Compute::close);
    BACKENDS.clear();
  }

  /**
   * Shapes and parameters of 1,000 draws for each op, on each back-end: some five seconds each. The
   * same in every build; {@link GradCheckDrawsTest} draws anew.
   */
  @Property(tries = 1000, seed = "20")
  void everyOpAgreesWithCentralDifferences(
      @ForAll @Size(20) List<@IntRange(min = 0, max = 2519) Integer> choices, @ForAll long seed)
      throws Exception {
    int[] drawn = choices.stream().mapToInt(Integer::intValue).toArray();
    List<String> failures = new ArrayList<>();
    for (OpSpec spec : OpSpecs.ALL) {
      Trial trial = spec.draw().apply(new Draw(drawn, seed));
      for (Compute compute : BACKENDS) {
        GradCheck.Outcome outcome = Backend.with(compute, () -> GradCheck.check(trial, seed));
        if (!outcome.passed()) {
          failures.add(spec + " " + trial + ": " + outcome + " on " + compute.description());
        }
      }
    }
    assertThat(failures).isEmpty();
  }

  @Example
  void everyOpClassIsInTheList() {
    JavaClasses ops =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.octnet.ops");
    Set<String> differentiable =
        ops.stream()
            .filter(
                type ->
                    type.getMethods().stream()
                        .anyMatch(
                            method ->
                                method.getModifiers().toString().contains("PUBLIC")
                                    && method.getModifiers().toString().contains("STATIC")
                                    && method.getRawReturnType().isEquivalentTo(Tensor.class)))
            .map(type -> type.getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> listed =
        OpSpecs.ALL.stream()
            .map(spec -> spec.op().getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(differentiable).hasSizeGreaterThan(20);
    assertThat(listed).isEqualTo(differentiable);
    assertThat(OpSpecs.ALL).extracting(OpSpec::name).doesNotHaveDuplicates();
  }

  @Example
  void everySpecRunsTheOpItNames() {
    for (OpSpec spec : OpSpecs.ALL) {
      Trial trial = spec.draw().apply(Draw.random(1));
      List<Tensor> leaves = trial.leaves();
      leaves.forEach(leaf -> leaf.requireGrad(true));
      Tensor output = trial.computation().apply(leaves);
      if (io.octnet.autograd.Node.class.isAssignableFrom(spec.op())) {
        assertThat(output.producer()).as(spec.name()).isInstanceOf(spec.op());
      }
    }
  }

  @Example
  void theTableHasARowForEachOpAndNamesUnknownOnes() {
    GradCheckTable.Row row = GradCheckTable.row("conv2d", 5, 1);
    assertThat(row.passed()).isTrue();
    assertThat(row.shapes()).isEqualTo(5);
    assertThat(row.directions()).isGreaterThan(20);
    assertThat(row).hasToString(GradCheckTable.row("conv2d", 5, 1).toString());
    assertThat(row.toString()).startsWith("conv2d ").contains("pass");
    assertThat(GradCheckTable.names()).contains("batch_norm_training", "softmax_cross_entropy");
    assertThatThrownBy(() -> GradCheckTable.row("convolve", 5, 1))
        .hasMessageContaining("unknown op 'convolve'; known are [add, ");
  }
}
