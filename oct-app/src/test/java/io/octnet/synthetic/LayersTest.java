package io.octnet.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.random.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The anatomy behind the pictures: what makes each finding that finding. */
class LayersTest {
  private static final int WIDTH = 99;
  private static final int HEIGHT = 96;
  private static final int EYES = 40;

  private static Layers layers(Finding finding, int patient) {
    RandomStream random = RandomStream.of(patient, "test", finding.ordinal());
    Anatomy eye = Anatomy.draw(random);
    double severity = patient / (double) (EYES - 1);
    Lesions lesions = Lesions.draw(finding, severity, eye.fovea(), random);
    Layers.Pose pose = new Layers.Pose(0.6, 0.03, 1);
    return new Layers(WIDTH, HEIGHT, eye, lesions, pose, random);
  }

  /** The greatest thickness, in pixels, between the tops of two layers. */
  private static double thickest(Layers layers, int from, int to) {
    double max = 0;
    for (int c = 0; c < WIDTH; c++) {
      max = Math.max(max, layers.top[to][c] - layers.top[from][c]);
    }
    return max;
  }

  @Test
  void layersNeverCross() {
    for (Finding finding : Finding.values()) {
      for (int patient = 0; patient < EYES; patient++) {
        Layers layers = layers(finding, patient);
        for (int k = 1; k < Layers.COUNT; k++) {
          for (int c = 0; c < WIDTH; c++) {
            assertThat(layers.top[k][c])
                .as("%s, eye %d, layer %d, column %d", finding, patient, k, c)
                .isGreaterThanOrEqualTo(layers.top[k - 1][c] - 0.35);
          }
        }
      }
    }
  }

  @Test
  void onlyCnvHasFluidAndMembranesBelowTheRetina() {
    for (Finding finding : Finding.values()) {
      for (int patient = 0; patient < EYES; patient++) {
        Layers layers = layers(finding, patient);
        double fluid = thickest(layers, Layers.FLUID, Layers.MEMBRANE);
        double membrane = thickest(layers, Layers.MEMBRANE, Layers.PIGMENT);
        if (finding == Finding.CNV) {
          assertThat(fluid).isGreaterThan(0.9);
          assertThat(membrane).isGreaterThan(0.6);
        } else {
          assertThat(fluid + membrane).isLessThan(1e-9);
        }
      }
    }
  }

  @Test
  void drusenLiftThePigmentEpitheliumInBumps() {
    for (int patient = 0; patient < EYES; patient++) {
      assertThat(thickest(layers(Finding.DRUSEN, patient), Layers.DEPOSIT, Layers.CHOROID))
          .isBetween(0.6, 6.0);
      assertThat(thickest(layers(Finding.NORMAL, patient), Layers.DEPOSIT, Layers.CHOROID))
          .isLessThan(1e-9);
      assertThat(thickest(layers(Finding.DME, patient), Layers.DEPOSIT, Layers.CHOROID))
          .isLessThan(1e-9);
    }
  }

  @Test
  void edemaThickensTheRetinaAndFillsThePit() {
    double[] normal = new double[EYES];
    double[] edema = new double[EYES];
    for (int patient = 0; patient < EYES; patient++) {
      normal[patient] = thickest(layers(Finding.NORMAL, patient), 0, Layers.FLUID);
      edema[patient] = thickest(layers(Finding.DME, patient), 0, Layers.FLUID);
    }
    assertThat(Arrays.stream(edema).average().orElseThrow())
        .isGreaterThan(1.15 * Arrays.stream(normal).average().orElseThrow());
  }

  @Test
  void aNormalRetinaIsThinnestInThePit() {
    for (int patient = 0; patient < EYES; patient++) {
      Layers layers = layers(Finding.NORMAL, patient);
      double centre = Double.MAX_VALUE;
      for (int c = WIDTH / 4; c < 3 * WIDTH / 4; c++) {
        centre = Math.min(centre, layers.top[Layers.FLUID][c] - layers.top[0][c]);
      }
      assertThat(centre).isLessThan(0.8 * thickest(layers, 0, Layers.FLUID));
    }
  }
}
