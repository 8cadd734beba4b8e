package io.octnet.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaSearchTest {
  private static final String VECTOR = "java.base jdk.incubator.vector java.desktop";

  @TempDir Path folder;

  @Test
  void takesTheRunningJavaWhenItFits() throws Exception {
    Path running = install("running", "26.0.1", VECTOR);
    install("usr/lib/jvm/jdk-25", "25.0.3", VECTOR);

    assertThat(find(running, Map.of())).isEqualTo(running.toString());
  }

  @Test
  void takesJavaHomeAndItsLikeBeforeTheInstallFolders() throws Exception {
    Path running = install("running", "17.0.15", VECTOR);
    Path named = install("named", "25", VECTOR);
    install("usr/lib/jvm/jdk-25", "25.0.3", VECTOR);

    assertThat(find(running, Map.of("JAVA_HOME_25_X64", named.toString())))
        .isEqualTo(named.toString());
  }

  @Test
  void takesTheJavaThatThePathLinksTo() throws Exception {
    Path running = install("running", "1.8.0_402", "");
    Path named = install("named", "25-ea", VECTOR);
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("java"), named.resolve("bin/java"));
    String path = folder.resolve("nothing") + File.pathSeparator + bin;

    assertThat(find(running, Map.of("PATH", path))).isEqualTo(named.toRealPath().toString());
  }

  @Test
  void ofThoseInstalledTakesTheVersionClosestAbove() throws Exception {
    Path running = install("running", "11.0.2", VECTOR);
    install("usr/lib/jvm/a-27", "27", VECTOR);
    Path best = install("usr/lib/jvm/b-25", "25.0.1", VECTOR);
    install("usr/lib/jvm/c-24", "24.0.1", VECTOR);
    install("home/.sdkman/candidates/java/26-tem", "26", VECTOR);

    assertThat(find(running, Map.of())).isEqualTo(best.toString());
  }

  @Test
  void findsAMacBundleAndFoldersOfTheUser() throws Exception {
    Path running = install("running", "17", VECTOR);
    Path mac =
        install("Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home", "25", VECTOR);
    assertThat(find(running, Map.of())).isEqualTo(mac.toString());

    Files.delete(mac.resolve("release"));
    Path own = install("home/.jdks/openjdk-26", "26.0.2", VECTOR);
    assertThat(find(running, Map.of())).isEqualTo(own.toString());
  }

  @Test
  void passesOverAJavaWithoutTheVectorModule() throws Exception {
    Path running = install("running", "25.0.3", "java.base java.desktop");

    assertThatThrownBy(() -> find(running, Map.of()))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("it lacks the module jdk.incubator.vector");
  }

  @Test
  void saysWhatThereIsAndWhatToDoWhenNothingFits() throws Exception {
    Path running = install("running", "17.0.15", VECTOR);
    install("usr/lib/jvm/jdk-21", "21.0.4", VECTOR);
    Files.createDirectories(folder.resolve("usr/lib/jvm/empty"));

    assertThatThrownBy(() -> find(running, Map.of()))
        .isInstanceOf(LaunchException.class)
        .hasMessageContaining("it is Java 17")
        .hasMessageContaining("install a JDK 25")
        .hasMessageContaining("OCTNET_JAVA");
  }

  @Test
  void anExplicitChoiceIsTakenOrRefusedButNeverReplaced() throws Exception {
    Path running = install("running", "25.0.3", VECTOR);
    Path chosen = install("chosen", "26", VECTOR);
    Path old = install("old", "1.8.0_402", "");

    assertThat(find(running, Map.of("OCTNET_JAVA", chosen.toString())))
        .isEqualTo(chosen.toString());
    assertThat(find(running, Map.of("OCTNET_JAVA", chosen.resolve("bin/java").toString())))
        .isEqualTo(chosen.toRealPath().toString());
    assertThatThrownBy(() -> find(running, Map.of("OCTNET_JAVA", old.toString())))
        .hasMessageContaining("it is Java 8");
    assertThatThrownBy(() -> find(running, Map.of("OCTNET_JAVA", folder.toString())))
        .hasMessageContaining("is no Java installation");
  }

  @Test
  void aDamagedReleaseFileIsNoInstallation() throws Exception {
    Path running = install("running", "17", VECTOR);
    Path damaged = install("usr/lib/jvm/x", "25", VECTOR);
    Files.writeString(damaged.resolve("release"), "JAVA_VERSION=\\u00zz");

    assertThatThrownBy(() -> find(running, Map.of())).isInstanceOf(LaunchException.class);
  }

  private String find(Path running, Map<String, String> environment) throws LaunchException {
    JavaSearch search =
        new JavaSearch(
            environment, running.toFile(), folder.toFile(), folder.resolve("home").toFile());
    return search.find().toString();
  }

  private Path install(String place, String version, String modules) throws IOException {
    Path home = folder.resolve(place);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve(JvmCommand.WINDOWS ? "bin/java.exe" : "bin/java"), "");
    Files.writeString(
        home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\nMODULES=\"" + modules + "\"\n");
    return home;
  }
}
