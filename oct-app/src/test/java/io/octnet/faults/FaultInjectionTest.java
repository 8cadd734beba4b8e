package io.octnet.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.UserException;
import io.octnet.compute.Backend;
import io.octnet.images.Preprocess;
import io.octnet.runs.Machine;
import io.octnet.runs.Reading;
import io.octnet.runs.RunConfig;
import io.octnet.runs.RunFolder;
import io.octnet.split.Fractions;
import io.octnet.split.Split;
import io.octnet.synthetic.SyntheticSet;
import io.octnet.text.Text;
import io.octnet.training.Progress;
import io.octnet.training.Training;
import io.octnet.zoo.Network;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each write, force, rename and opening of a training fails once in turn, below everything that
 * writes files. After each the run resumes to the same bits, or says that nothing was saved. {@code
 * -Doctnet.faults=1} for every one of them; else every {@value #STRIDE}th, from another one each
 * time.
 */
class FaultInjectionTest {
  private static final int STRIDE = 2;
  private static final String[] REASONS = {"No space left on device", "Input/output error"};

  @TempDir Path folder;

  private final Faults faults = new Faults();
  private final FaultyFileSystem disk = new FaultyFileSystem(faults);
  private Path data;

  @BeforeEach
  void draw() {
    data = folder.resolve("scans");
    new SyntheticSet(9, 32, 7).write(data, 2);
  }

  private Training training(String out) {
    RunConfig config =
        new RunConfig(
            data,
            Network.CNN3,
            "none",
            null,
            2,
            9,
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
            disk.path(folder.resolve(out)),
            false);
    return new Training(config, Machine.here("test", "test", 1), network -> null, Progress.NONE);
  }

  @Test
  void afterAnyFaultTheRunResumesToTheSameBitsOrSaysThatNothingWasSaved() throws IOException {
    faults.arm(0, "");
    Path whole = training("whole").run().run();
    int operations = faults.count();
    assertThat(operations).isGreaterThan(50);
    int stride = Integer.getInteger("octnet.faults", STRIDE);
    int first = 1 + (int) Long.remainderUnsigned(System.nanoTime(), stride);
    int tried = 0;
    for (int n = first; n <= operations; n += stride) {
      faults.arm(n, REASONS[n % 2]);
      String out = "fault-" + n;
      String complaint = complaint(() -> training(out).run());
      String what = Text.format("operation %d, %s", n, faults.failed());
      if (complaint == null) { // tried again by the library, as folders are
        assertThat(folder.resolve(out).resolve("train-cnn3-1/last.h5")).as(what).exists();
      } else {
        assertThat(complaint).as(what).hasLineCount(1);
      }
      faults.arm(0, "");
      assertNothingHalfWritten(folder.resolve(out), what);
      compare(whole, out, what);
      tried++;
    }
    System.out.printf(
        Locale.ROOT,
        "FaultInjectionTest: %d of %d operations failed in turn, from the %dth%n",
        tried,
        operations,
        first);
  }

  /** The error's line, or null if all went well. */
  private static String complaint(Runnable work) {
    try {
      work.run();
      return null;
    } catch (UserException | UncheckedIOException e) {
      return e.getMessage();
    }
  }

  /** What is there under its own name is whole; what a crash leaves has another name. */
  private static void assertNothingHalfWritten(Path out, String what) throws IOException {
    if (!Files.exists(out)) {
      return;
    }
    try (Stream<Path> files = Files.walk(out)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as(what)
          .noneMatch(name -> name.endsWith(".tmp"));
    }
  }

  private void compare(Path whole, String out, String what) throws IOException {
    Path run = folder.resolve(out).resolve("train-cnn3-1");
    if (!Files.exists(run.resolve("last.h5")) && !Files.exists(run.resolve("last.previous.h5"))) {
      return; // nothing was saved; what train said names what failed
    }
    String complaint =
        complaint(
            () -> {
              try (RunFolder open = RunFolder.openLocked(disk.path(run))) {
                training(out).resume(open);
              }
            });
    assertThat(complaint).as(what).isNull();
    for (String file :
        List.of("best.h5", "last.h5", "predictions.csv", "metrics.json", "split.csv")) {
      assertThat(run.resolve(file))
          .as(what)
          .hasSameBinaryContentAs(FaultyPath.real(whole).resolve(file));
    }
    assertThat(history(run)).as(what).isEqualTo(history(FaultyPath.real(whole)));
  }

  private static List<List<String>> history(Path run) throws IOException {
    return Files.readAllLines(run.resolve("history.csv")).stream()
        .map(line -> List.of(line.split(",")).subList(0, 6))
        .toList();
  }
}
