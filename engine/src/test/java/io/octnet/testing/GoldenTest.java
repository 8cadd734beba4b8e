package io.octnet.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class GoldenTest {
  @TempDir Path folder;

  @Test
  void missingFilesSkipATestExceptInContinuousIntegration() {
    Path missing = folder.resolve("missing");

    assertThatThrownBy(() -> Golden.existing(missing, null))
        .isInstanceOf(TestAbortedException.class);
    assertThatThrownBy(() -> Golden.existing(missing, "true"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("CI must not skip");
    assertThat(Golden.existing(folder, "true")).isEqualTo(folder);
  }
}
