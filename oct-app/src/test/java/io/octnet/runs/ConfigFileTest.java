package io.octnet.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.octnet.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @TempDir Path folder;

  @Test
  void readsPlainValuesAsTheyAreWritten() throws IOException {
    Path file = write("c.yaml", "epochs: 3 # few\nlearning-rate: 0.001\ndata: 'a: b'\nlimit:\n");

    assertThat(ConfigFile.read(file))
        .isEqualTo(Map.of("epochs", "3", "learning-rate", "0.001", "data", "a: b"));
    assertThat(ConfigFile.read(write("e.yaml", ""))).isEmpty();
  }

  @Test
  void refusesEverythingElseInOneLine() throws IOException {
    String bomb = "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]\n";
    for (String text :
        List.of(
            "just text",
            "- a\n- b",
            "a: {b: c}",
            "a: !!java.net.URL [http://x]",
            "a: 1\na: 2",
            "\tx",
            "a: [",
            bomb,
            "[".repeat(100_000),
            "a: \u0000")) {
      Path file = write("bad.yaml", text);
      assertThatThrownBy(() -> ConfigFile.read(file))
          .as(text.substring(0, Math.min(40, text.length())))
          .isInstanceOf(UserException.class)
          .message()
          .hasLineCount(1)
          .contains("bad.yaml");
    }
    Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, 1, 2});
    assertThatThrownBy(() -> ConfigFile.read(binary)).hasMessageContaining("is not UTF-8");
    Path big = write("big.yaml", "#".repeat(2_000_000));
    assertThatThrownBy(() -> ConfigFile.read(big)).hasMessageContaining("longer than 1 MiB");
    assertThatThrownBy(() -> ConfigFile.read(folder.resolve("none")))
        .hasMessageContaining("there is no such file");
    Path properties = write("c.properties", "a=\\u00zz");
    assertThatThrownBy(() -> ConfigFile.read(properties)).isInstanceOf(UserException.class);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
