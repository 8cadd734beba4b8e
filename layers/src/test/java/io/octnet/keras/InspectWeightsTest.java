package io.octnet.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.octnet.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectWeightsTest {
  private static final IntFunction<List<NetworkCandidate>> CANDIDATES =
      classes ->
          List.of(
              new NetworkCandidate("kinds", Cnn3Weights.kinds()),
              new NetworkCandidate("cnn3", cnn3(classes)));

  @TempDir Path folder;

  private static ExpectedWeights cnn3(int classes) {
    List<ExpectedWeights.Layer> layers = Cnn3Weights.expected().layers();
    return new ExpectedWeights(
        List.of(
            layers.get(0),
            layers.get(1),
            layers.get(2),
            layers.get(3),
            layers.get(4),
            layers.get(5),
            Cnn3Weights.dense("dense", 128, classes)));
  }

  @Test
  void aFileIsDescribedForPeopleAndForMachines() throws IOException {
    Path file = Golden.folder("formats").resolve("cnn3_tfkeras_adam.h5");
    InspectWeights found = InspectWeights.inspect(file, CANDIDATES);
    assertThat(found.format()).isEqualTo(WeightFormat.LEGACY_MODEL);
    assertThat(found.kerasVersion()).contains("2.21.0");
    assertThat(found.optimizer()).isTrue();
    assertThat(found.fits()).containsExactly("cnn3");
    assertThat(found.layers()).isEqualTo(7);
    assertThat(found.values()).isEqualTo(94_660);
    assertThat(found.official()).isEmpty();

    assertThat(found.text())
        .contains("fits       cnn3")
        .contains("7 layers, 94,660 values")
        .contains("not an official file")
        .containsPattern("conv2d_1 +kernel +\\(3, 3, 32, 64\\) +float32 +/model_weights/conv2d_1/");
    JsonObject json = JsonParser.parseString(found.json()).getAsJsonObject();
    assertThat(json.get("values").getAsLong()).isEqualTo(94_660);
    assertThat(json.get("official").isJsonNull()).isTrue();
    assertThat(json.getAsJsonArray("weights")).hasSize(20);
  }

  @Test
  void everyFormatOfAModelFitsItsNetworkAndNoOther() throws IOException {
    Path formats = Golden.folder("formats");
    for (Path file : GoldenFormatsTest.files(formats, "cnn3_")) {
      assertThat(InspectWeights.inspect(file, CANDIDATES).fits())
          .as(file.toString())
          .containsExactly("cnn3");
    }
    for (Path file : GoldenFormatsTest.files(formats, "nested_")) {
      assertThat(InspectWeights.inspect(file, CANDIDATES).fits()).as(file.toString()).isEmpty();
    }
  }

  @Test
  void everyFormatIsConvertedIntoBothThatAreWritten() throws IOException {
    Path formats = Golden.folder("formats");
    for (Path file : GoldenFormatsTest.files(formats, "cnn3_")) {
      List<LayerWeights> original = KerasWeights.load(file, Cnn3Weights.expected());
      for (String name : List.of("out.h5", "out.weights.h5")) {
        Path out = folder.resolve(name);
        ConvertWeights.Conversion done = ConvertWeights.convert(file, out, CANDIDATES);
        assertThat(done.network()).contains("cnn3");
        assertThat(done.values()).isEqualTo(94_660);
        boolean adam = file.toString().contains("adam") && name.equals("out.h5");
        assertThat(done.optimizer()).isEqualTo(adam);
        GoldenFormatsTest.assertSame(KerasWeights.load(out, Cnn3Weights.expected()), original, out);
        if (adam) {
          KerasWeightsTest.assertSame(
              KerasWeights.loadAdam(out, Cnn3Weights.expected()).orElseThrow(),
              KerasWeights.loadAdam(file, Cnn3Weights.expected()).orElseThrow());
        }
      }
    }
  }

  @Test
  void anUnknownNetworkKeepsItsNamesAndItsOrder() throws IOException {
    Path formats = Golden.folder("formats");
    IntFunction<List<NetworkCandidate>> none = _ -> List.of();
    for (Path file : GoldenFormatsTest.files(formats, "nested_")) {
      Path out = folder.resolve("out.h5");
      if (file.toString().endsWith(".weights.h5")) {
        assertThatThrownBy(() -> ConvertWeights.convert(file, out, none))
            .isInstanceOf(WeightFormatException.class)
            .hasMessageContaining("order");
        assertThat(folder).isEmptyDirectory();
        continue;
      }
      ConvertWeights.convert(file, out, none);
      GoldenFormatsTest.assertSame(
          KerasWeights.load(out, Cnn3Weights.backbone()),
          KerasWeights.load(file, Cnn3Weights.backbone()),
          file);
      try (WeightArchive archive = WeightArchive.open(out)) {
        assertThat(archive.layers().stream().map(StoredLayer::name))
            .containsExactlyElementsOf(
                Cnn3Weights.backbone().layers().stream().map(ExpectedWeights.Layer::name).toList());
      }
      Files.delete(out);
    }
  }

  @Test
  void aDamagedFileIsRefusedAndNothingIsWritten() throws IOException {
    Path bad = Golden.folder("formats").resolve("bad");
    for (String name : List.of("nan.h5", "truncated_half.h5", "text.h5", "string_dataset.h5")) {
      assertThatThrownBy(
              () -> ConvertWeights.convert(bad.resolve(name), folder.resolve("o.h5"), CANDIDATES))
          .isInstanceOf(WeightFormatException.class)
          .hasMessageContaining(name);
    }
    assertThat(folder).isEmptyDirectory();
  }
}
