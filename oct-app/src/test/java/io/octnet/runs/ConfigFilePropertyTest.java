package io.octnet.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class ConfigFilePropertyTest {
  @Property(tries = 200)
  void whatIsWrittenIsReadBack(
      @ForAll @Size(max = 5) Map<@AlphaChars @StringLength(min = 1, max = 9) String, String> values)
      throws IOException {
    Map<String, String> printable = new TreeMap<>();
    values.forEach((key, value) -> printable.put(key, value.replaceAll("[^\\x20-\\x7e]", "?")));
    Path file = Files.createTempFile("octnet", ".yaml");
    try {
      Files.writeString(file, ConfigFile.yaml(printable));
      assertThat(ConfigFile.read(file)).isEqualTo(printable);
    } finally {
      Files.delete(file);
    }
  }
}
