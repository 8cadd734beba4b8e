package io.octnet.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.compute.Backend;
import io.octnet.images.Preprocess;
import io.octnet.random.RandomStream;
import io.octnet.runs.Machine;
import io.octnet.runs.Reading;
import io.octnet.runs.RunConfig;
import io.octnet.runs.RunFolder;
import io.octnet.runs.RunRecord;
import io.octnet.split.Fractions;
import io.octnet.split.Split;
import io.octnet.synthetic.SyntheticSet;
import io.octnet.zoo.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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

  @Test
  void aFinishedRunThatGoesOnAndIsInterruptedKeepsNothingOfBefore() throws IOException {
    Path run = training("grown", 2, Progress.NONE).run().run();
    for (String old :
        List.of("metrics.json", "predictions.csv", "model-card.md", "checksums.txt")) {
      assertThat(run.resolve(old)).exists();
    }

    resumeUntil(run, "epoch 3/");

    for (String old :
        List.of("metrics.json", "predictions.csv", "model-card.md", "checksums.txt")) {
      assertThat(run.resolve(old)).doesNotExist();
    }
    assertThat(run.resolve("plots")).doesNotExist();
    assertThat(run.resolve("best.h5")).exists();
    try (RunFolder open = RunFolder.open(run)) {
      assertThat(RunRecord.status(open)).isEqualTo(RunRecord.Status.INTERRUPTED);
    }
    assertThat(Files.readString(run.resolve("report.html"))).contains("interrupted");
  }

  @Test
  void eventsAndHistoryGrowEpochByEpochAndThePageSaysThatItRuns() throws IOException {
    List<String> seen = new ArrayList<>();
    Path out = folder.resolve("live/train-cnn3-1");
    Progress watching =
        new Progress() {
          @Override
          public void line(String text) {
            if (text.startsWith("epoch ")) { // told before the epoch's own are appended
              try {
                long events = Files.size(out.resolve("events.out.tfevents.0.octnet"));
                int rows = Files.readAllLines(out.resolve("history.csv")).size();
                String page = Files.readString(out.resolve("report.html"));
                seen.add(rows + " " + events + " " + page.contains("running"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          }

          @Override
          public void running(String text) {}
        };

    Path run = training("live", 3, watching).run().run();

    assertThat(seen).hasSize(3).allMatch(line -> line.endsWith(" true"));
    assertThat(seen.get(0)).startsWith("2 ");
    assertThat(seen.get(1)).startsWith("3 ");
    assertThat(seen.get(2)).startsWith("4 ");
    List<Long> sizes = seen.stream().map(line -> Long.parseLong(line.split(" ")[1])).toList();
    assertThat(sizes).isSorted().doesNotHaveDuplicates();
    assertThat(Files.size(run.resolve("events.out.tfevents.0.octnet")))
        .isEqualTo(sizes.get(2) + sizes.get(2) - sizes.get(1));
    assertThat(Files.readString(run.resolve("report.html"))).doesNotContain("running");
  }

  /** Goes on for more epochs, and stops once a line with this beginning is told. */
  private void resumeUntil(Path run, String line) {
    AtomicReference<Training> stopped = new AtomicReference<>();
    Progress stopping =
        new Progress() {
          @Override
          public void line(String text) {
            if (text.startsWith(line)) {
              stopped.get().requestStop();
            }
          }

          @Override
          public void running(String text) {}
        };
    stopped.set(training(run.getParent().getFileName().toString(), 9, stopping));
    try (RunFolder open = RunFolder.openLocked(run)) {
      assertThat(stopped.get().resume(open).interrupted()).isTrue();
    }
  }

  private Training training(String out, Progress progress) {
    return training(out, 3, progress);
  }

  private Training training(String out, int epochs, Progress progress) {
    RunConfig config =
        new RunConfig(
            data,
            Network.CNN3,
            "none",
            null,
            epochs,
            5,
            12,
            0.001,
            Split.Rule.PATIENT,
            null,
            Fractions.ARTICLE,
            0,
            Reading.USUAL,
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
