package io.octnet.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Hdf5WriterTest {
  @TempDir Path folder;

  @Test
  void valuesOfEveryTypeComeBackWithTheirShape() throws IOException {
    float[] floats = random(3 * 7 * 13);
    GroupNode root = new GroupNode();
    root.dataset("a/b/floats:0", DatasetNode.floats(new int[] {3, 7, 13}, floats));
    root.dataset("a/doubles", DatasetNode.doubles(new int[] {2, 1}, Math.PI, -0.0));
    root.dataset("a/one", DatasetNode.longs(new int[0], Long.MIN_VALUE));
    root.dataset("scalar", DatasetNode.floats(new int[0], 31f));
    root.dataset("none", DatasetNode.floats(new int[] {0, 5}));

    try (Hdf5File file = Hdf5File.open(write(root))) {
      Hdf5Dataset dataset = file.root().dataset("a/b/floats:0");
      assertThat(dataset.shape()).containsExactly(3, 7, 13);
      assertThat(dataset.type()).isEqualTo(ElementType.FLOAT32);
      assertThat(dataset.path()).isEqualTo("/a/b/floats:0");
      assertThat(dataset.readFloats()).isEqualTo(floats);
      assertThat(file.root().dataset("a/doubles").readFloats())
          .containsExactly((float) Math.PI, -0.0f);
      assertThat(file.root().dataset("a/one").readLong()).isEqualTo(Long.MIN_VALUE);
      assertThat(file.root().dataset("scalar").readFloats()).containsExactly(31f);
      assertThat(file.root().dataset("none").readFloats()).isEmpty();
    }
  }

  @Test
  void valuesLargerThanTheWritersBufferComeBack() throws IOException {
    float[] values = random((1 << 20) / 4 * 3 + 17);
    GroupNode root = new GroupNode();
    root.dataset("odd", DatasetNode.longs(new int[] {1}, 3)); // shifts what follows
    root.dataset("values", DatasetNode.floats(new int[] {values.length}, values));
    try (Hdf5File file = Hdf5File.open(write(root))) {
      assertThat(file.root().dataset("values").readFloats()).isEqualTo(values);
    }
  }

  @Test
  void groupsOfAnySizeKeepAllTheirChildren() throws IOException {
    for (int children : new int[] {0, 1, 7, 8, 9, 256, 257, 1021}) {
      GroupNode root = new GroupNode();
      List<String> names = new ArrayList<>();
      for (int i = 0; i < children; i++) {
        names.add("layer_" + i);
      }
      Collections.shuffle(names, new Random(children));
      for (String name : names) {
        root.group(name).dataset("x", DatasetNode.floats(new int[] {1}, name.hashCode()));
      }
      try (Hdf5File file = Hdf5File.open(write(root))) {
        assertThat(file.root().names()).containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) {
          assertThat(file.root().dataset(name + "/x").readFloats())
              .containsExactly(name.hashCode());
        }
      }
    }
  }

  @Test
  void attributesComeBack() throws IOException {
    GroupNode root = new GroupNode();
    root.text("keras_version", "2.15.0");
    root.text("config", "{\"ä\": \"" + "x".repeat(100_000) + "\"}");
    root.text("empty", "");
    root.strings("layer_names", List.of("conv1/conv", "dense", "größe"));
    root.group("dense").strings("weight_names", List.of());
    try (Hdf5File file = Hdf5File.open(write(root))) {
      Hdf5Group group = file.root();
      assertThat(group.text("keras_version")).contains("2.15.0");
      assertThat(group.text("config").orElseThrow())
          .hasSize(100_009)
          .startsWith("{\"ä\"")
          .endsWith("x\"}");
      assertThat(group.text("empty")).contains("");
      assertThat(group.text("absent")).isEmpty();
      assertThat(group.strings("layer_names")).contains(List.of("conv1/conv", "dense", "größe"));
      assertThat(group.group("dense").strings("weight_names")).contains(List.of());
      assertThat(group.group("dense").strings("layer_names")).isEmpty();
    }
  }

  @Test
  void longListsOfNamesAreSplitAndJoinedAgain() throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      names.add(Text.format("layer_%03d_", i) + "y".repeat(220));
    }
    GroupNode root = new GroupNode();
    root.strings("layer_names", names);
    assertThat(root.attributes().keySet())
        .containsExactly("layer_names0", "layer_names1", "layer_names2");
    assertThat(root.attributes().values())
        .allMatch(attribute -> attribute.data().length <= Hdf5Object.ATTRIBUTE_LIMIT);
    try (Hdf5File file = Hdf5File.open(write(root))) {
      assertThat(file.root().strings("layer_names")).contains(names);
    }
  }

  @Test
  void theSameTreeGivesTheSameBytes() throws IOException {
    byte[][] files = new byte[2][];
    for (int i = 0; i < 2; i++) {
      GroupNode root = new GroupNode();
      for (String name : i == 0 ? List.of("b", "a", "c") : List.of("c", "b", "a")) {
        root.dataset(name, DatasetNode.floats(new int[] {1}, name.charAt(0)));
      }
      root.text("t", "text");
      files[i] = Files.readAllBytes(write(root));
    }
    assertThat(files[1]).isEqualTo(files[0]);
  }

  @Test
  void aFailureLeavesNothingBehindAndTheOldFileAsItWas() throws IOException {
    Path file = folder.resolve("x.h5");
    Files.createDirectory(file); // a rename onto a folder with something in it fails
    Files.createFile(file.resolve("inside"));
    GroupNode root = new GroupNode();
    root.dataset("a", DatasetNode.floats(new int[] {2}, 1, 2));
    assertThatThrownBy(() -> Hdf5Writer.write(file, root)).isInstanceOf(IOException.class);
    try (var entries = Files.list(folder)) {
      assertThat(entries).containsExactly(file);
    }
    assertThatThrownBy(() -> Hdf5Writer.write(folder.resolve("missing/x.h5"), root))
        .isInstanceOf(IOException.class);
  }

  @Test
  void mistakesOfTheCallerAreNamed() {
    assertThatThrownBy(() -> DatasetNode.floats(new int[] {2, 3}, 1, 2))
        .hasMessageContaining("[2, 3]");
    GroupNode root = new GroupNode();
    root.dataset("a", DatasetNode.floats(new int[] {1}, 1));
    assertThatThrownBy(() -> root.dataset("a", DatasetNode.floats(new int[] {1}, 1)))
        .hasMessageContaining("a is there already");
    assertThatThrownBy(() -> root.group("a/b")).hasMessageContaining("is a data set");
    assertThatThrownBy(() -> root.group("b//c")).hasMessageContaining("b//c");
    assertThatThrownBy(() -> root.strings("n", List.of("x".repeat(70_000))))
        .hasMessageContaining("70000");
  }

  private Path write(GroupNode root) throws IOException {
    Path file = folder.resolve("test.h5");
    Hdf5Writer.write(file, root);
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
    return file;
  }

  private static float[] random(int count) {
    Random random = new Random(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
