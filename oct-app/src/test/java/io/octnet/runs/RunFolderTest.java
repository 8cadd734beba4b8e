package io.octnet.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path folder;

  @Test
  void foldersAreNumberedOnFromTheHighest() throws IOException {
    Files.createDirectories(folder.resolve("train-cnn3-7"));
    Files.createDirectories(folder.resolve("train-cnn3-x"));
    Files.createDirectories(folder.resolve("train-cnn7-9"));

    try (RunFolder run = RunFolder.create(folder, "cnn3")) {
      assertThat(run.path()).isEqualTo(folder.resolve("train-cnn3-8")).isDirectory();
    }
  }

  @Test
  void manyAtOnceGetFoldersOfTheirOwn() {
    Set<Path> paths = ConcurrentHashMap.newKeySet();
    IntStream.range(0, 20)
        .parallel()
        .forEach(
            i -> {
              try (RunFolder run = RunFolder.create(folder, "cnn3")) {
                paths.add(run.path());
              }
            });

    assertThat(paths).hasSize(20);
  }

  @Test
  void aRunInUseIsNotOpenedAgain() {
    try (RunFolder run = RunFolder.create(folder, "cnn3")) {
      run.write(RunFolder.CONFIG, "model: cnn3\n");
      assertThatThrownBy(() -> RunFolder.openLocked(run.path()))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("is in use by another process");
      assertThat(RunFolder.open(run.path()).config()).containsEntry("model", "cnn3");
    }
    RunFolder.openLocked(folder.resolve("train-cnn3-1")).close();
  }

  @Test
  void whatIsNoRunIsNamed() {
    assertThatThrownBy(() -> RunFolder.open(folder.resolve("none")))
        .hasMessageContaining("no run folder");
    assertThatThrownBy(() -> RunFolder.open(folder)).hasMessageContaining("it has no config.yaml");
  }

  @Test
  void aWriteThatFailsLeavesTheFileAsItWas() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "before");
    Files.createDirectories(folder.resolve("a.txt.tmp/in the way"));

    assertThatThrownBy(() -> AtomicFiles.write(file, "after")).isInstanceOf(IOException.class);
    assertThat(file).hasContent("before");
    AtomicFiles.write(folder.resolve("b.txt"), "text");
    assertThat(folder.resolve("b.txt")).hasContent("text");
    assertThat(folder.resolve("b.txt.tmp")).doesNotExist();
  }

  @Test
  void checksumsTellOfEveryChange() throws IOException {
    try (RunFolder run = RunFolder.create(folder, "cnn3")) {
      for (String name : List.of("a", "b", "c")) {
        run.write(name, "text " + name);
      }
      RunRecord record =
          new RunRecord(
              RunRecord.Status.FINISHED, "1", null, "", "", "patient", false, null, null, null);
      Checksums.write(run, record);
      record.write(run);
      assertThat(Checksums.differences(run)).isEmpty();

      run.write("a", "text A");
      Files.delete(run.file("b"));
      run.write("d", "new");
      assertThat(Checksums.differences(run))
          .hasSize(3)
          .anyMatch(line -> line.startsWith("a has SHA-256 "))
          .contains("b is missing", "d was not there when the run ended");

      run.write(RunFolder.CHECKSUMS, "nonsense\n");
      assertThatThrownBy(() -> Checksums.differences(run)).hasMessageContaining("'nonsense'");
    }
  }
}
