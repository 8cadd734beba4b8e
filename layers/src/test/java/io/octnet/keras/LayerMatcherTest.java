package io.octnet.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LayerMatcherTest {

  @Test
  void namesThatAgreeAreFollowedWhateverTheOrder() throws WeightFormatException {
    List<StoredLayer> stored = named("dense", "conv2d_1", "conv2d");
    assertThat(match(stored, "conv2d", "conv2d_1", "dense"))
        .isEqualTo(Map.of("conv2d", "/conv2d", "conv2d_1", "/conv2d_1", "dense", "/dense"));
  }

  @Test
  void namesThatKerasMadeUpAreMatchedInOrderWhereTheyDiffer() throws WeightFormatException {
    // conv2d_1 and conv2d_2 are names of the model, too, but of other layers
    List<StoredLayer> stored = named("conv2d_1", "conv2d_2", "conv2d_3", "dense_7");
    assertThat(match(stored, "conv2d", "conv2d_1", "conv2d_2", "dense"))
        .isEqualTo(
            Map.of(
                "conv2d", "/conv2d_1",
                "conv2d_1", "/conv2d_2",
                "conv2d_2", "/conv2d_3",
                "dense", "/dense_7"));
  }

  @Test
  void namesThatPeopleGaveAreNeverMatchedInOrder() {
    assertThatThrownBy(() -> match(named("stem", "head"), "stem", "top"))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining("/head is a layer that the model does not have");
  }

  @Test
  void aBackboneThatIsALayerIsMatchedByItsInnerNamesAlone() throws WeightFormatException {
    List<StoredLayer> stored = new ArrayList<>(named("dense_3"));
    stored.add(inner("backbone", "block1_conv1", null));
    assertThat(match(stored, "block1_conv1", "dense"))
        .isEqualTo(Map.of("block1_conv1", "/backbone/block1_conv1", "dense", "/dense_3"));
    // inside of it, the file's order is not the model's
    List<StoredLayer> numbered =
        List.of(inner("backbone", "conv2d_1", null), inner("backbone", "conv2d_2", null));
    assertThatThrownBy(() -> match(numbered, "conv2d", "conv2d_1"))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining("conv2d");
  }

  @Test
  void filesWithoutNamesAreMatchedByClassAndOrder() throws WeightFormatException {
    List<StoredLayer> stored = List.of(unnamed("conv2d"), unnamed("conv2d_1"), unnamed("dense"));
    assertThat(match(stored, "block1_conv1", "block1_conv2", "predictions"))
        .isEqualTo(
            Map.of(
                "block1_conv1", "/layers/conv2d",
                "block1_conv2", "/layers/conv2d_1",
                "predictions", "/layers/dense"));
    assertThatThrownBy(() -> match(stored, "block1_conv1", "block1_conv2"))
        .hasMessageContaining("/layers/dense is a layer that the model does not have");
    assertThatThrownBy(
            () -> match(stored, "block1_conv1", "block1_conv2", "block2_conv1", "predictions"))
        .hasMessageContaining("/block2_conv1 is missing");
  }

  @Test
  void layersWithoutNamesInSeveralModelsAreAmbiguous() {
    List<StoredLayer> stored = List.of(unnamed("conv2d"), inner("functional", "conv2d", "conv2d"));
    assertThatThrownBy(() -> match(stored, "conv2d", "conv2d_1"))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining("save it as .keras or .h5");
  }

  @Test
  void aFileWithOrWithoutTheTopIsRecognizedAsTheOther() {
    assertThatThrownBy(() -> match(named("block1_conv1", "fc1"), "block1_conv1"))
        .hasMessageContaining("/fc1")
        .hasMessageContaining("notop");
    assertThatThrownBy(() -> match(named("block1_conv1"), "block1_conv1", "predictions"))
        .hasMessageContaining("/predictions is missing")
        .hasMessageContaining("without the classifier on top");
  }

  /** The path in the file by the model's layer; layers are convolutions, or dense by name. */
  private static Map<String, String> match(List<StoredLayer> stored, String... expected)
      throws WeightFormatException {
    List<ExpectedWeights.Layer> layers =
        Stream.of(expected)
            .map(
                name ->
                    name.startsWith("dense") || name.equals("predictions")
                        ? Cnn3Weights.dense(name, 1, 1)
                        : Cnn3Weights.conv(name, true, 1, 1, 1, 1))
            .toList();
    Map<String, StoredLayer> partners =
        LayerMatcher.match("file", stored, new ExpectedWeights(layers));
    return partners.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().path()));
  }

  private static List<StoredLayer> named(String... names) {
    return Stream.of(names)
        .map(n -> new StoredLayer("/" + n, KerasNames.candidates(n), null, "", List.of()))
        .toList();
  }

  private static StoredLayer unnamed(String group) {
    String kind = KerasNames.stem(group);
    return new StoredLayer("/layers/" + group, List.of(), kind, "layers", List.of());
  }

  private static StoredLayer inner(String outer, String name, String kind) {
    List<String> names = kind == null ? List.of(name) : List.of();
    return new StoredLayer("/" + outer + "/" + name, names, kind, outer, List.of());
  }
}
