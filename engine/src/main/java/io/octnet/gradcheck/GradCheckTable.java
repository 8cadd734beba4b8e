package io.octnet.gradcheck;

import io.octnet.random.RandomStream;
import io.octnet.text.Text;
import java.util.List;

/** The table of the {@code gradcheck} command: every op against central differences. */
public final class GradCheckTable {
  private GradCheckTable() {}

  /**
   * One op.
   *
   * @param shapes how many draws of shapes and parameters were tried
   * @param directions how many derivatives were compared
   * @param worstError relative, over all of them
   * @param worstTrial the shapes and parameters it happened at
   */
  public record Row(
      String op, int shapes, int directions, double worstError, String worstTrial, boolean passed) {
    @Override
    public String toString() {
      return Text.format(
          "%-24s %6d %10d %11.1e  %s",
          op, shapes, directions, worstError, passed ? "pass" : "FAIL at " + worstTrial);
    }
  }

  /** The line above the rows. */
  public static String header() {
    return Text.format("%-24s %6s %10s %11s", "op", "shapes", "gradients", "worst error");
  }

  /** The names that {@link #row} knows. */
  public static List<String> names() {
    return OpSpecs.ALL.stream().map(OpSpec::name).toList();
  }

  /**
   * Checks one op on the back-end of the calling thread.
   *
   * @throws IllegalArgumentException if there is no op of that name
   */
  public static Row row(String name, int shapes, long seed) {
    OpSpec spec =
        OpSpecs.ALL.stream()
            .filter(s -> s.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        Text.format("unknown op '%s'; known are %s", name, names())));
    int directions = 0;
    double worst = -1;
    String worstTrial = "";
    boolean passed = true;
    for (int i = 0; i < shapes; i++) {
      long trialSeed = RandomStream.derive(seed, name, i);
      Trial trial = spec.draw().apply(Draw.random(trialSeed));
      GradCheck.Outcome outcome = GradCheck.check(trial, trialSeed);
      directions += outcome.directions();
      passed &= outcome.passed();
      if (outcome.error() > worst) {
        worst = outcome.error();
        worstTrial = trial.toString();
      }
    }
    return new Row(name, shapes, directions, worst, worstTrial, passed);
  }
}
