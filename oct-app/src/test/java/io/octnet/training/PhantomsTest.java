package io.octnet.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.octnet.images.Workers;
import io.octnet.synthetic.SyntheticSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhantomsTest {
  @TempDir Path folder;

  @Test
  void severalTrainingsAtOnceEndWithOneSet() throws Exception {
    CyclicBarrier together = new CyclicBarrier(3);
    Progress waiting =
        new Progress() {
          @Override
          public void line(String text) {}

          @Override
          public void running(String text) { // told once it is seen that there is none
            try {
              together.await();
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
          }
        };
    SyntheticSet set = new SyntheticSet(3, 32, 1);

    List<Path> folders = Workers.map(3, 3, i -> Phantoms.in(folder, set, 1, waiting));

    assertThat(folders.stream().distinct()).hasSize(1);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(folders.getFirst());
    }
  }
}
