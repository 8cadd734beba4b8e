package io.octnet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.jar.Attributes;
import org.junit.jupiter.api.Test;

class VersionTest {
  @Test
  void namesTheCommitAndItsDay() {
    Attributes manifest = new Attributes();
    manifest.putValue("Octnet-Commit", "0a1b2c3");
    manifest.putValue("Octnet-Commit-Date", "2026-11-28");

    assertThat(Version.commit(manifest)).isEqualTo("commit 0a1b2c3 of 2026-11-28, ");
  }

  @Test
  void leavesTheCommitOutWhereTheSourcesWereNotUnderGit() {
    Attributes manifest = new Attributes();
    manifest.putValue("Octnet-Commit", "");

    assertThat(Version.commit(manifest)).isEmpty();
    assertThat(Version.commit(new Attributes())).isEmpty();
  }
}
