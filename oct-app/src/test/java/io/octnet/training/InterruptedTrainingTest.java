package io.octnet.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.compute.Backend;
import io.octnet.images.Preprocess;
import io.octnet.random.RandomStream;
import io.octnet.runs.Machine;
import io.octnet.runs.RunConfig;
import io.octnet.runs.RunFolder;
import io.octnet.split.Fractions;
import io.octnet.split.Split;
import io.octnet.synthetic.SyntheticSet;
import io.octnet.zoo.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptedTrainingTest {
  @TempDir Path folder;

  private Path data;

  @BeforeEach
  void draw() {
    data = folder.resolve("scans");
    new SyntheticSet(9, 32, 7).write(data, 2);
  }

  @Test
  void stoppedAtRandomStepsAndResumedItEndsInTheSameBits() throws Exception {
    Training.Result whole = training("whole", Progress.NONE).run();
    long seed = System.nanoTime();
    RandomStream random = RandomStream.of(seed);
    Path run = null;
    int stops = 0;
    for (Training.Result result = null; result == null || result.interrupted(); stops++) {
      Training training = training("stopped", Progress.NONE);
      Thread stopper = stopAfter(5 + random.nextInt(120), training);
      if (run == null) {
        result = training.run();
        run = result.run();
      } else {
        try (RunFolder open = RunFolder.openLocked(run)) {
          result = training.resume(open);
        }
      }
      stopper.interrupt();
      stopper.join();
    }

    assertThat(stops).as("seed " + seed).isGreaterThan(1);
    for (String file : List.of("best.h5", "last.h5", "predictions.csv")) {
      assertThat(run.resolve(file))
          .as("seed " + seed + ", " + stops + " stops")
          .hasSameBinaryContentAs(whole.run().resolve(file));
    }
    assertThat(withoutTimes(run)).isEqualTo(withoutTimes(whole.run()));
  }

  private static Thread stopAfter(int millis, Training training) {
    return Thread.ofPlatform()
        .start(
            () -> {
              try {
                Thread.sleep(millis);
                training.requestStop();
              } catch (InterruptedException e) {
                // it was faster
              }
            });
  }

  @Test
  void aRequestBeforeTrainingBeginsIsNotLost() throws IOException {
    Training training = training("early", Progress.NONE);
    training.requestStop();

    Training.Result result = training.run();

    assertThat(result.interrupted()).isTrue();
    assertThat(result.run()).isNull();
    assertThat(folder.resolve("early")).doesNotExist(); // nothing half-written
  }

  private Training training(String out, Progress progress) {
    RunConfig config =
        new RunConfig(
            data,
            Network.CNN3,
            "none",
            null,
            3,
            5,
            12,
            0.001,
            Split.Rule.PATIENT,
            null,
            Fractions.ARTICLE,
            0,
            null,
            true,
            true,
            Preprocess.DIV255,
            42,
            1,
            Backend.best(),
            0,
            "float32",
            10,
            folder.resolve(out),
            false);
    return new Training(config, Machine.here("test", "test", 1), network -> null, progress);
  }

  private static List<List<String>> withoutTimes(Path run) throws IOException {
    return Files.readAllLines(run.resolve("history.csv")).stream()
        .map(line -> List.of(line.split(",")).subList(0, 6))
        .toList();
  }
}
