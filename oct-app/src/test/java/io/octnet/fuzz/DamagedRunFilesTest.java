package io.octnet.fuzz;

import io.octnet.evaluation.MetricsJson;
import io.octnet.evaluation.PredictionsCsv;
import io.octnet.runs.History;
import io.octnet.runs.Machine;
import io.octnet.split.SplitCsv;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The tables and texts of a run, damaged: read, or refused in one line. */
class DamagedRunFilesTest {
  private record Sample(String text, Consumer<Path> reader) {}

  private static final List<Sample> SAMPLES =
      List.of(
          new Sample(
              """
              file,sha256,patient,class,split
              CNV/CNV-1-1.png,aa,CNV-1,CNV,train
              DME/DME-2-1.png,bb,DME-2,DME,validation
              """,
              SplitCsv::rows),
          new Sample(
              """
              epoch,loss,accuracy,val_loss,val_accuracy,learning_rate,seconds,images_per_second
              1,0.5,0.25,NaN,0.75,0.1,1.500,32.25
              2,0.4,0.35,,,0.1,,
              """,
              History::read),
          new Sample(
              """
              file,patient,split,class,predicted,p_CNV,p_DME
              CNV/CNV-1-1.png,CNV-1,test,CNV,DME,0.25,0.75
              DME/DME-2-1.png,DME-2,train,DME,DME,0.125,0.875
              """,
              PredictionsCsv::read),
          new Sample(
              """
              {"model": "cnn3", "parameters": 94660, "trainable_parameters": 94212,
               "split": "patient", "leaky": false, "classes": ["CNV", "DME"],
               "test": {"images": 2, "patients": 2, "log_loss": 0.5, "accuracy": 1.0,
                "f1_micro": 1.0, "f1_macro": 1.0, "per_class": {}, "confusion": [[1, 0], [0, 1]]}}
              """,
              MetricsJson::read),
          new Sample(
              """
              {"octnet": "1", "java": "25", "backend": "SIMD, 1 threads", "threads": 1}
              """,
              Machine::read));

  private static Path file;

  @BeforeContainer
  static void make() throws Exception {
    file = Files.createTempFile("octnet-damaged", ".txt");
  }

  @AfterContainer
  static void clean() throws Exception {
    Files.deleteIfExists(file);
  }

  @Property(
      tries = 2000,
      seed = "4713",
      shrinking = ShrinkingMode.OFF,
      edgeCases = EdgeCasesMode.NONE)
  void aDamagedFileIsReadOrRefusedInOneLine(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    Sample sample = SAMPLES.get(random.nextInt(SAMPLES.size()));
    Files.write(file, Damage.text(sample.text.getBytes(StandardCharsets.UTF_8), random));
    Watched.read(() -> sample.reader.accept(file));
  }
}
